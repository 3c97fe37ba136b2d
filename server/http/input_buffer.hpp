#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace invited::server {

/// The bytes that a connection has received and not used yet, in one piece. It is small while little comes,
/// because twenty thousand connections may be idle, and grows to hold a whole head.
class input_buffer {
public:
  static constexpr std::size_t smallest = 4 * 1024;

  std::string_view view() const { return {bytes_.get() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }

  /// Free space after the bytes; empty if there is none. Never moves anything.
  std::span<char> room() { return {bytes_.get() + end_, capacity_ - end_}; }

  /// `n` bytes were put into room().
  void added(std::size_t n) { end_ += n; }

  /// The first `n` bytes are used up.
  void consume(std::size_t n) {
    begin_ += n;
    if (begin_ == end_) begin_ = end_ = 0;
  }

  /// Keeps only the first `n` bytes.
  void keep(std::size_t n) { end_ = begin_ + n; }

  void clear() { begin_ = end_ = 0; }

  /// Makes room for `n` bytes in one piece, counted from the first byte. Moves the bytes if it must.
  void reserve(std::size_t n) {
    if (begin_ + n <= capacity_) return;
    const auto size = end_ - begin_;
    if (n <= capacity_) {
      std::memmove(bytes_.get(), bytes_.get() + begin_, size);
    } else {
      const auto wider = std::max({smallest, n, 2 * capacity_});
      std::unique_ptr<char[]> bytes{new char[wider]}; // not zeroed
      if (size > 0) std::memcpy(bytes.get(), bytes_.get() + begin_, size);
      bytes_ = std::move(bytes);
      capacity_ = wider;
    }
    begin_ = 0;
    end_ = size;
  }

  /// Gives back the memory of a large head when the buffer is empty.
  void shrink() {
    if (!empty() || capacity_ <= smallest) return;
    bytes_.reset();
    capacity_ = begin_ = end_ = 0;
  }

private:
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

} // namespace invited::server
