#pragma once

#include <boost/asio/ip/address.hpp>

#include <optional>
#include <string_view>

namespace invited::store {

/// The IP address that `text` is from its first to its last character: dotted decimal, or RFC 4291 §2.2.
/// Nothing for any other text. Everything that reads an address goes through here, because Asio's own reader
/// stops at a NUL and ignores what follows it.
std::optional<boost::asio::ip::address> ip_address_of(std::string_view text);

/// The same, but an IPv6 address may also have a zone (RFC 4007 §11): fe80::1%eth0. A zone has a meaning on
/// this machine only, so no text of another machine may have one.
std::optional<boost::asio::ip::address> zoned_ip_address_of(std::string_view text);

} // namespace invited::store
