#include "handlers/limits/address_limiter.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace invited::handlers {
namespace {

std::int64_t microseconds(address_limiter::clock::time_point at) {
  return std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch()).count();
}

/// A keyed mix (the finaliser of MurmurHash3): enough that nobody who cannot see the slots can choose one.
std::uint64_t mix(std::uint64_t x) {
  x = (x ^ x >> 33) * 0xff51afd7ed558ccdULL;
  x = (x ^ x >> 33) * 0xc4ceb9fe1a85ec53ULL;
  return x ^ x >> 33;
}

/// The part of an address that is limited: the whole of IPv4, the /64 of IPv6.
std::uint64_t limited_part(const boost::asio::ip::address& who) {
  if (who.is_v4()) return who.to_v4().to_uint();
  const boost::asio::ip::address_v6 v6 = who.to_v6();
  const auto bytes = v6.to_bytes();
  std::uint64_t part = 0;
  const std::size_t from = v6.is_v4_mapped() ? 12 : 0, to = v6.is_v4_mapped() ? 16 : 8;
  for (std::size_t i = from; i < to; ++i) part = part << 8 | bytes[i];
  return part;
}

} // namespace

address_limiter::address_limiter(double per_second, std::uint32_t burst, store::entropy& random)
    : interval_us_(std::max<std::int64_t>(1, std::llround(1e6 / per_second))),
      limit_us_(interval_us_ * burst),
      arrival_us_(new std::atomic<std::int64_t>[slots]()) {
  std::array<std::uint8_t, sizeof key_> bytes;
  random.fill(bytes);
  std::memcpy(key_.data(), bytes.data(), bytes.size());
}

std::size_t address_limiter::slot_of(const boost::asio::ip::address& who) const {
  return mix(mix(limited_part(who) ^ key_[0]) ^ key_[1]) & (slots - 1);
}

std::optional<std::chrono::microseconds> address_limiter::admit(const boost::asio::ip::address& who,
                                                                clock::time_point now) {
  const std::int64_t at = microseconds(now);
  std::atomic<std::int64_t>& slot = arrival_us_[slot_of(who)];
  std::int64_t seen = slot.load(std::memory_order_relaxed);
  for (;;) {
    const std::int64_t next = std::max(seen, at) + interval_us_;
    if (next - at > limit_us_) return std::chrono::microseconds(next - at - limit_us_);
    if (slot.compare_exchange_weak(seen, next, std::memory_order_relaxed)) return {};
  }
}

std::optional<std::chrono::microseconds> address_limiter::peek(const boost::asio::ip::address& who,
                                                               clock::time_point now) const {
  const std::int64_t at = microseconds(now);
  const std::int64_t next =
      std::max(arrival_us_[slot_of(who)].load(std::memory_order_relaxed), at) + interval_us_;
  if (next - at > limit_us_) return std::chrono::microseconds(next - at - limit_us_);
  return {};
}

} // namespace invited::handlers
