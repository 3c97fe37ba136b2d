#pragma once

#include "handlers/limits/address_hash.hpp"
#include "handlers/limits/bucket_table.hpp"
#include "store/base/entropy.hpp"

#include <boost/asio/ip/address.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>

namespace invited::handlers {

/// Limits what one address may do: GCRA, `per_second` with bursts of `burst`. IPv4 counts as /32, IPv6 as /64
/// (what one customer gets), IPv4-mapped IPv6 as IPv4. One object for all cores; no lock and no allocation
/// (`bucket_table`).
class address_limiter {
public:
  using clock = bucket_table::clock;
  using predicate = std::function<bool(const boost::asio::ip::address&)>;

  /// `exempt` says which addresses are never refused. It may be empty, and is called on any core's thread.
  address_limiter(double per_second, std::uint32_t burst, store::entropy& random, predicate exempt = {});

  /// Takes a token. Returns nothing if there was one, otherwise how long until there is one.
  std::optional<std::chrono::microseconds> admit(const boost::asio::ip::address& who, clock::time_point now);

  /// As admit(), but takes no token.
  std::optional<std::chrono::microseconds> peek(const boost::asio::ip::address& who,
                                                clock::time_point now) const;

private:
  std::uint64_t name_of(const boost::asio::ip::address& who) const { return hash_(limited_part(who)); }

  address_hash hash_;
  bucket_table buckets_;
  predicate exempt_;
};

} // namespace invited::handlers
