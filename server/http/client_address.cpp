#include "server/http/client_address.hpp"

#include "server/grammar/chars.hpp"
#include "store/base/ip_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace invited::server {
namespace {

namespace ip = boost::asio::ip;

ip::address unmap(const ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return ip::make_address_v4(ip::v4_mapped, address.to_v6());
  return address;
}

std::array<std::uint8_t, 16> to_bytes(const ip::address& address) {
  const auto v6 = address.is_v4() ? ip::make_address_v6(ip::v4_mapped, address.to_v4()) : address.to_v6();
  return v6.to_bytes();
}

bool same_prefix(const std::array<std::uint8_t, 16>& a, const std::array<std::uint8_t, 16>& b,
                 unsigned bits) {
  const auto whole = bits / 8;
  if (!std::equal(a.begin(), a.begin() + whole, b.begin())) return false;
  const auto rest = bits % 8;
  if (rest == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xff << (8 - rest));
  return ((a[whole] ^ b[whole]) & mask) == 0;
}

/// Networks that RFC 6890 keeps off the Internet, and that proxies use.
std::vector<network> private_networks() {
  std::vector<network> all;
  for (const std::string_view text : {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10",
                                      "127.0.0.0/8", "169.254.0.0/16", "::1", "fc00::/7", "fe80::/10"})
    all.push_back(network::parse(text).value());
  return all;
}

/// An entry of X-Forwarded-For: an address, in brackets or not, with a port or not (some gateways add one).
std::optional<ip::address> parse_entry(std::string_view entry) {
  entry = chars::trim(entry);
  std::string_view port;
  if (entry.starts_with('[')) {
    const auto end = entry.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    port = entry.substr(end + 1);
    if (!port.empty() && !port.starts_with(':')) return std::nullopt;
    if (!port.empty()) port.remove_prefix(1);
    entry = entry.substr(1, end - 1);
    if (entry.find(':') == std::string_view::npos) return std::nullopt;
  } else if (const auto colon = entry.find(':');
             colon != std::string_view::npos && colon == entry.rfind(':')) {
    port = entry.substr(colon + 1);
    entry = entry.substr(0, colon);
  }
  if (!std::all_of(port.begin(), port.end(), chars::is_digit)) return std::nullopt;
  return store::ip_address_of(entry);
}

} // namespace

std::optional<network> network::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = store::ip_address_of(text.substr(0, slash));
  if (!address) return std::nullopt;
  network n;
  n.bytes_ = to_bytes(*address);
  const unsigned most = address->is_v4() ? 32 : 128;
  unsigned bits = most;
  if (slash != std::string_view::npos) {
    const auto digits = text.substr(slash + 1);
    const auto end = digits.data() + digits.size();
    const auto [stop, failed] = std::from_chars(digits.data(), end, bits);
    if (failed != std::errc{} || stop != end || bits > most) return std::nullopt;
  }
  n.prefix_ = bits + (128 - most);
  for (unsigned bit = n.prefix_; bit < 128; ++bit) {
    if ((n.bytes_[bit / 8] >> (7 - bit % 8) & 1) != 0) return std::nullopt;
  }
  return n;
}

bool network::contains(const ip::address& address) const {
  return same_prefix(bytes_, to_bytes(address), prefix_);
}

bool is_trusted(const ip::address& address, std::span<const network> trusted) {
  return std::any_of(trusted.begin(), trusted.end(), [&](const network& n) { return n.contains(address); });
}

ip::address client_address(const ip::address& peer, std::string_view forwarded_for,
                           std::span<const network> trusted) {
  auto client = unmap(peer);
  while (!forwarded_for.empty() && is_trusted(client, trusted)) {
    const auto comma = forwarded_for.rfind(',');
    const auto entry = comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1);
    const auto address = parse_entry(entry);
    if (!address) break;
    client = unmap(*address);
    forwarded_for = comma == std::string_view::npos ? std::string_view{} : forwarded_for.substr(0, comma);
  }
  return client;
}

bool is_proxy_unnamed(const ip::address& peer, std::span<const network> trusted) {
  static const std::vector<network> all = private_networks();
  return is_trusted(peer, all) && !is_trusted(peer, trusted);
}

} // namespace invited::server
