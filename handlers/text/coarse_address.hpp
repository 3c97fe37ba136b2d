#pragma once

#include <boost/asio/ip/address.hpp>

#include <cstdint>
#include <string>

namespace invited::handlers {

/// Appends the block a patient's address lies in, `203.0.113.0/24` or `2001:db8:1::/48`: enough to see an
/// attack by, too little to find a person. An IPv4-mapped IPv6 address counts as IPv4, or its /48 would be
/// `::/48` for everybody.
void append_coarse_address(std::string& out, const boost::asio::ip::address& address);

/// A number for that block, another one for each.
std::uint64_t coarse_network(const boost::asio::ip::address& address);

/// Appends the whole address; an IPv4-mapped one as IPv4.
void append_address(std::string& out, const boost::asio::ip::address& address);

} // namespace invited::handlers
