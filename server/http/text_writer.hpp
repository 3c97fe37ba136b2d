#pragma once

#include <algorithm>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace invited::server {

/// Excludes char, because it could mean a number or a text.
template <class T>
concept number = std::integral<T> && !std::same_as<T, char> && !std::same_as<T, bool>;

/// Appends many short pieces of text to a string. It makes room for all of them once, so each piece is only a
/// copy; std::string::append() checks the room, counts and terminates for every piece. While the writer lives
/// the string belongs to it. Afterwards the string holds what was written.
class text_writer {
public:
  /// About `expected` bytes will be written. More are allowed, but cost time.
  text_writer(std::string& out, std::size_t expected) : out_(out) { make_room(out.size(), expected); }
  ~text_writer() { out_.resize(written()); }
  text_writer(const text_writer&) = delete;
  text_writer& operator=(const text_writer&) = delete;

  text_writer& operator+=(std::string_view text) {
    text.copy(room(text.size()), text.size());
    at_ += text.size();
    return *this;
  }

  /// In decimal.
  text_writer& operator+=(number auto value) {
    constexpr std::size_t most = 20; // -2^63, and 2^64 - 1
    char* const to = room(most);
    at_ = std::to_chars(to, to + most, value).ptr;
    return *this;
  }

private:
  std::size_t written() const { return static_cast<std::size_t>(at_ - out_.data()); }

  /// The place for the next `size` bytes.
  char* room(std::size_t size) {
    if (size > static_cast<std::size_t>(end_ - at_)) make_room(written(), std::max(size, written()));
    return at_;
  }

  void make_room(std::size_t written, std::size_t size) {
    out_.resize(written + size);
    at_ = out_.data() + written;
    end_ = at_ + size;
  }

  std::string& out_;
  char* at_ = nullptr;
  char* end_ = nullptr;
};

} // namespace invited::server
