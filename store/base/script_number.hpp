#pragma once

#include <boost/endian/conversion.hpp>

#include <array>
#include <bit>
#include <charconv>
#include <cstdint>
#include <string_view>

namespace invited::store {

/// A number as a script argument, without allocation.
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

/// N numbers as one script argument, without allocation: big-endian doubles for struct.unpack('>dd', ARGV[1])
/// and the like, exact up to 2^53. For Redis, another argument costs more than unpacking another number;
/// here, printing a number costs more than packing it.
template <std::size_t N>
class script_numbers {
public:
  template <class... T>
  explicit script_numbers(T... values) {
    static_assert(sizeof...(values) == N);
    char* to = bytes_.data();
    ((to = put(to, static_cast<double>(values))), ...);
  }

  operator std::string_view() const { return {bytes_.data(), bytes_.size()}; }

private:
  static char* put(char* to, double value) {
    boost::endian::store_big_u64(reinterpret_cast<unsigned char*>(to), std::bit_cast<std::uint64_t>(value));
    return to + sizeof value;
  }

  std::array<char, N * sizeof(double)> bytes_;
};

} // namespace invited::store
