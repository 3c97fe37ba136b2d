#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace invited::handlers {

/// A text of at most `most` bytes, stored in place: it allocates nothing, and is copied as plain memory. A
/// longer text is cut off, so `most` must be the longest text that its rules allow.
template <std::size_t most>
requires(most <= UINT8_MAX) class short_text {
public:
  constexpr short_text() = default;
  constexpr short_text(std::string_view text) { append(text); }

  constexpr short_text& operator=(std::string_view text) {
    size_ = 0;
    return append(text);
  }

  constexpr short_text& append(std::string_view text) {
    const std::size_t n = std::min(text.size(), most - size_);
    std::copy_n(text.data(), n, text_.data() + size_);
    size_ = static_cast<std::uint8_t>(size_ + n);
    return *this;
  }

  constexpr bool empty() const { return size_ == 0; }
  constexpr operator std::string_view() const { return {text_.data(), size_}; }

private:
  std::array<char, most> text_{};
  std::uint8_t size_ = 0;
};

} // namespace invited::handlers
