#pragma once

#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace invited::store {

/// A number as script argument, in place.
class script_number {
public:
  explicit script_number(std::int64_t value)
      : size_(size_of(std::to_chars(text_.data(), text_.data() + text_.size(), value).ptr)) {}
  explicit script_number(double value)
      : size_(size_of(std::to_chars(text_.data(), text_.data() + text_.size(), value).ptr)) {}

  operator std::string_view() const { return {text_.data(), size_}; }

private:
  std::uint8_t size_of(const char* end) const { return static_cast<std::uint8_t>(end - text_.data()); }

  std::array<char, 31> text_; // before size_, which is made from it
  std::uint8_t size_;
};

} // namespace invited::store
