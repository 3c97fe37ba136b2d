#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace invited::server {

/// The bytes that a connection has received and not used up, in one piece. Small while little comes, because
/// twenty thousand connections may be idle; it grows to hold a whole head.
class input_buffer {
public:
  static constexpr std::size_t smallest = 4 * 1024;

  std::string_view view() const { return {bytes_.get() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }

  /// Free space behind the bytes. Never moves anything; empty when there is none.
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

  /// Makes sure that `n` bytes from the front on have a place in one piece. Moves the bytes if it must.
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

  /// Gives memory back that a large head took, once nothing is left in it.
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
