#pragma once

#include "store/base/entropy.hpp"

#include <boost/asio/ip/address.hpp>

#include <array>
#include <cstdint>

namespace invited::handlers {

/// The part of an address that is limited: the whole of IPv4, also where it is mapped into IPv6, and the /64
/// of IPv6, which is what one customer gets. Distinct but for IPv6's first /32, where nobody lives.
std::uint64_t limited_part(const boost::asio::ip::address& who);

/// Spreads such parts over a table. By a random key: nobody can choose whom to share a place with.
class address_hash {
public:
  explicit address_hash(store::entropy& random);

  std::uint64_t operator()(std::uint64_t part) const;

private:
  std::array<std::uint64_t, 2> key_;
};

} // namespace invited::handlers
