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
  /// "10.0.0.0/8", "2001:db8::/32", or a single address. Bits after the prefix must be zero.
  static std::optional<network> parse(std::string_view text);

  bool contains(const boost::asio::ip::address& address) const;

private:
  std::array<std::uint8_t, 16> bytes_{}; ///< IPv4 as ::ffff:a.b.c.d
  unsigned prefix_ = 128;
};

/// Whether it is in one of these networks.
bool is_trusted(const boost::asio::ip::address& address, std::span<const network> trusted);

/// The client's address: `peer`, unless that is a trusted proxy. Then it is the first address from the right
/// of `forwarded_for` (the value of X-Forwarded-For, to which each proxy appends its peer) that is not a
/// trusted proxy. Entries further left were written by the client and prove nothing. At an entry that is not
/// an address the walk ends with the last proxy. IPv4-mapped addresses become IPv4. Does not allocate.
boost::asio::ip::address client_address(const boost::asio::ip::address& peer, std::string_view forwarded_for,
                                        std::span<const network> trusted);

/// Whether `peer` looks like a proxy missing in `trusted`: it is not in `trusted`, and its address is not
/// used on the Internet (private, shared, link-local, loopback; RFC 6890).
bool is_proxy_unnamed(const boost::asio::ip::address& peer, std::span<const network> trusted);

} // namespace invited::server
