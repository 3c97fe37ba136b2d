#pragma once

#include <boost/asio/ip/address.hpp>

#include <cstdint>
#include <string>

namespace invited::handlers {

/// Appends the block of a patient's address, `203.0.113.0/24` or `2001:db8:1::/48`. This is enough to see an
/// attack, but not enough to find a person. An IPv4-mapped IPv6 address counts as IPv4, because its /48 would
/// be `::/48` for everybody.
void append_coarse_address(std::string& out, const boost::asio::ip::address& address);

/// A number for that block, different for each block.
std::uint64_t coarse_network(const boost::asio::ip::address& address);

/// Appends the whole address. An IPv4-mapped one is written as IPv4.
void append_address(std::string& out, const boost::asio::ip::address& address);

} // namespace invited::handlers
