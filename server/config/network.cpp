#include "server/config/network.hpp"

#include "store/base/ip_text.hpp"

#include <charconv>

namespace invited::server {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Labels of letters, digits, `-` and `_` (which container networks allow in service names), or an IPv4
/// address.
bool is_host_name(std::string_view host) {
  if (host.empty() || host.size() > 253) return false;
  if (host.find_first_not_of("0123456789.") == std::string_view::npos)
    return store::ip_address_of(host).has_value();
  for (;;) {
    const auto label = host.substr(0, host.find('.'));
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
    for (const char c : label)
      if (!is_letter(c) && !is_digit(c) && c != '-' && c != '_') return false;
    if (label.size() == host.size()) return true;
    host.remove_prefix(label.size() + 1);
  }
}

/// The address between brackets in its canonical spelling, or nothing.
std::optional<std::string> ipv6_host(std::string_view inside) {
  const auto address = store::ip_address_of(inside);
  if (!address || !address->is_v6()) return std::nullopt;
  return address->to_string();
}

std::optional<std::uint16_t> port_number(std::string_view text) {
  std::uint16_t port = 0;
  const auto* const end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(text.data(), end, port);
  if (failed != std::errc{} || stop != end || !is_digit(text.front())) return std::nullopt;
  return port;
}

} // namespace

parsed<endpoint> parse_host_port(std::string_view text, std::optional<std::uint16_t> fallback_port) {
  const auto wrong = [text](std::string_view why) {
    return fault::because(in_quotes(text) + " is not host:port (" + std::string{why} + ")");
  };
  endpoint result;
  std::string_view rest;
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    auto host = ipv6_host(text.substr(1, close == std::string_view::npos ? close : close - 1));
    if (close == std::string_view::npos || !host) return wrong("no IPv6 address between the brackets");
    result.host = std::move(*host);
    rest = text.substr(close + 1);
  } else {
    const auto colon = text.find(':');
    if (colon != text.rfind(':')) return wrong("an IPv6 address needs brackets");
    result.host = text.substr(0, colon);
    if (!is_host_name(result.host)) return wrong("no host");
    rest = colon == std::string_view::npos ? std::string_view{} : text.substr(colon);
  }
  if (rest.empty()) {
    if (!fallback_port) return wrong("no port");
    result.port = *fallback_port;
    return result;
  }
  const auto port = rest.size() > 1 && rest.front() == ':' ? port_number(rest.substr(1)) : std::nullopt;
  if (!port) return wrong("a port is a number up to 65535");
  result.port = *port;
  return result;
}

parsed<endpoint> parse_listen(std::string_view text) {
  return parse_host_port(text, std::nullopt);
}

parsed<std::optional<endpoint>> parse_listen_or_off(std::string_view text) {
  if (text == "off") return std::optional<endpoint>{};
  auto at = parse_listen(text);
  if (!at) return at.error();
  return std::optional<endpoint>{std::move(*at)};
}

parsed<network> parse_network(std::string_view text) {
  if (const auto block = network::parse(text)) return *block;
  return fault::because(
      in_quotes(text) +
      " is not a block of addresses (10.0.0.0/8, 2001:db8::/32; no bit set after the prefix)");
}

} // namespace invited::server
