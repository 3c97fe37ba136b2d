#pragma once

#include "store/base/entropy.hpp"

#include <boost/asio/ip/address.hpp>

#include <array>
#include <cstdint>

namespace invited::handlers {

/// The part of an address that is limited: the whole of an IPv4 address, even if it is mapped into IPv6, and
/// the /64 of an IPv6 address, which is what one customer gets. The parts are distinct, except in IPv6's
/// first /32, which has no hosts.
std::uint64_t limited_part(const boost::asio::ip::address& who);

/// Spreads such parts over a table. The key is random, so nobody can choose with whom to share a place.
class address_hash {
public:
  explicit address_hash(store::entropy& random);

  std::uint64_t operator()(std::uint64_t part) const;

private:
  std::array<std::uint64_t, 2> key_;
};

} // namespace invited::handlers
