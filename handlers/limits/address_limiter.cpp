#include "handlers/limits/address_limiter.hpp"

#include <utility>

namespace invited::handlers {

address_limiter::address_limiter(double per_second, std::uint32_t burst, store::entropy& random,
                                 predicate exempt)
    : hash_(random), buckets_(per_second, burst), exempt_(std::move(exempt)) {}

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
