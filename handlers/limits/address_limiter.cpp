#include "handlers/limits/address_limiter.hpp"

#include <cstring>
#include <utility>

namespace invited::handlers {
namespace {

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

address_limiter::address_limiter(double per_second, std::uint32_t burst, store::entropy& random,
                                 predicate exempt)
    : buckets_(per_second, burst), exempt_(std::move(exempt)) {
  std::array<std::uint8_t, sizeof key_> bytes;
  random.fill(bytes);
  std::memcpy(key_.data(), bytes.data(), bytes.size());
}

std::uint64_t address_limiter::name_of(const boost::asio::ip::address& who) const {
  return mix(mix(limited_part(who) ^ key_[0]) ^ key_[1]);
}

std::optional<std::chrono::microseconds> address_limiter::admit(const boost::asio::ip::address& who,
                                                                clock::time_point now) {
  const bucket_table::wait wait = buckets_.take(name_of(who), 1, now);
  if (wait && exempt_ && exempt_(who)) return {};
  return wait;
}

std::optional<std::chrono::microseconds> address_limiter::peek(const boost::asio::ip::address& who,
                                                               clock::time_point now) const {
  const bucket_table::wait wait = buckets_.peek(name_of(who), 1, now);
  if (wait && exempt_ && exempt_(who)) return {};
  return wait;
}

} // namespace invited::handlers
