#include "handlers/text/coarse_address.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace invited::handlers {

namespace ip = boost::asio::ip;

namespace {

constexpr std::size_t v4_kept = 3; // bytes of /24
constexpr std::size_t v6_kept = 6; // bytes of /48

std::optional<ip::address_v4> as_v4(const ip::address& address) {
  if (address.is_v4()) return address.to_v4();
  if (address.to_v6().is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, address.to_v6());
  return std::nullopt;
}

/// Written by hand, because nearly every line has an address, and to_string() uses the C library and another
/// string.
void append_v4(std::string& out, const ip::address_v4::bytes_type& bytes) {
  std::array<char, 16> text{};
  char* at = text.data();
  for (const auto byte : bytes) {
    if (at != text.data()) *at++ = '.';
    at = std::to_chars(at, text.data() + text.size(), static_cast<unsigned>(byte)).ptr;
  }
  out.append(text.data(), at);
}

} // namespace

void append_coarse_address(std::string& out, const ip::address& address) {
  if (const auto v4 = as_v4(address)) {
    auto bytes = v4->to_bytes();
    std::fill(bytes.begin() + v4_kept, bytes.end(), std::uint8_t{0});
    append_v4(out, bytes);
    out += "/24";
    return;
  }
  auto bytes = address.to_v6().to_bytes();
  std::fill(bytes.begin() + v6_kept, bytes.end(), std::uint8_t{0});
  out += ip::address_v6{bytes}.to_string(); // made from bytes: no zone
  out += "/48";
}

std::uint64_t coarse_network(const ip::address& address) {
  const auto number = [](const auto& bytes, std::size_t kept) {
    std::uint64_t n = kept; // so that no /24 is also a /48
    for (std::size_t i = 0; i < kept; ++i) n = n << 8 | bytes[i];
    return n;
  };
  if (const auto v4 = as_v4(address)) return number(v4->to_bytes(), v4_kept);
  return number(address.to_v6().to_bytes(), v6_kept);
}

void append_address(std::string& out, const ip::address& address) {
  if (const auto v4 = as_v4(address))
    append_v4(out, v4->to_bytes());
  else
    out += ip::address_v6{address.to_v6().to_bytes()}.to_string();
}

} // namespace invited::handlers
