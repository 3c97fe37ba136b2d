#pragma once

#include <boost/asio/ip/address.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace invited::server {

/// A network in CIDR notation. IPv4 addresses and their IPv4-mapped IPv6 spelling are the same here.
class network {
public:
  /// "10.0.0.0/8", "2001:db8::/32", or a single address. Bits behind the prefix must be zero.
  static std::optional<network> parse(std::string_view text);

  bool contains(const boost::asio::ip::address& address) const;

private:
  std::array<std::uint8_t, 16> bytes_{}; ///< IPv4 as ::ffff:a.b.c.d
  unsigned prefix_ = 128;
};

/// Whether it is in one of these networks.
bool is_trusted(const boost::asio::ip::address& address, std::span<const network> trusted);

/// Who asks: `peer`, or, when that is a trusted proxy, the first address from the right of `forwarded_for`
/// (the value of X-Forwarded-For; each proxy appends whom it saw) that is not one. What stands further left
/// was written by the client and proves nothing. An entry that is no address ends the walk at the last proxy.
/// IPv4-mapped addresses come out as IPv4. Does not allocate.
boost::asio::ip::address client_address(const boost::asio::ip::address& peer, std::string_view forwarded_for,
                                        std::span<const network> trusted);

/// Whether `peer` looks like a proxy that somebody forgot to name: an address that nobody has on the Internet
/// (private, shared, link-local, loopback; RFC 6890), and none of `trusted`.
bool is_proxy_unnamed(const boost::asio::ip::address& peer, std::span<const network> trusted);

} // namespace invited::server
