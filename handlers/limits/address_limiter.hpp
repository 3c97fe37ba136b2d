#pragma once

#include "store/async/coarse_clock.hpp"
#include "store/entropy.hpp"

#include <boost/asio/ip/address.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

namespace invited::handlers {

/// Limits what one address may do: GCRA, `per_second` with bursts of `burst`. IPv4 counts as /32, IPv6 as /64
/// (what one customer gets), IPv4-mapped IPv6 as IPv4.
///
/// One object for all cores; no lock and no allocation: a fixed table of atomic arrival times (2 MiB). Two
/// addresses may share a slot, one pair in 262,144; which ones is decided by a random key, so nobody can aim.
class address_limiter {
public:
  using clock = coarse_clock;

  address_limiter(double per_second, std::uint32_t burst, store::entropy& random);

  /// Takes a token. Nothing when there was one, else how long until there is.
  std::optional<std::chrono::microseconds> admit(const boost::asio::ip::address& who, clock::time_point now);

  /// As admit(), but takes none.
  std::optional<std::chrono::microseconds> peek(const boost::asio::ip::address& who,
                                                clock::time_point now) const;

private:
  static constexpr std::size_t slots = std::size_t{1} << 18;

  std::size_t slot_of(const boost::asio::ip::address& who) const;

  std::int64_t interval_us_;
  std::int64_t limit_us_;
  std::array<std::uint64_t, 2> key_;
  std::unique_ptr<std::atomic<std::int64_t>[]>
      arrival_us_; ///< theoretical arrival time of the next token's use
};

} // namespace invited::handlers
