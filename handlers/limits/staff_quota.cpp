#include "handlers/limits/staff_quota.hpp"

#include <array>
#include <cstring>

namespace invited::handlers {
namespace {

store::hmac_sha256 random_names(store::entropy& random) {
  store::bytes32 key;
  random.fill(key);
  return store::hmac_sha256(key);
}

std::uint64_t first_of(const store::bytes32& hash) {
  std::uint64_t first;
  std::memcpy(&first, hash.data(), sizeof first);
  return first;
}

} // namespace

staff_quota::staff_quota(double per_second, std::uint32_t burst, store::entropy& random)
    : names_(random_names(random)), buckets_(per_second, burst) {}

std::uint64_t staff_quota::of_token(std::uint32_t signed_by, std::string_view subject) const {
  std::array<std::uint8_t, 1 + sizeof signed_by> who{'t'};
  std::memcpy(who.data() + 1, &signed_by, sizeof signed_by);
  return first_of(names_({who, store::as_bytes(subject)}));
}

std::uint64_t staff_quota::of_account(const store::handle& name) const {
  return first_of(names_({store::as_bytes("a"), name}));
}

std::uint64_t staff_quota::of_provider(std::string_view provider_id) const {
  return first_of(names_({store::as_bytes("p"), store::as_bytes(provider_id)}));
}

std::optional<staff_quota::refusal> staff_quota::take(std::span<const share> shares, clock::time_point now) {
  for (std::size_t i = 0; i < shares.size(); ++i) {
    const bucket_table::wait wait = buckets_.take(shares[i].bucket, shares[i].units, now);
    if (!wait) continue;
    give_back(shares.first(i));
    return refuse(shares[i].bucket, *wait, now);
  }
  return {};
}

std::optional<staff_quota::refusal> staff_quota::peek(std::uint64_t bucket, clock::time_point now) const {
  const bucket_table::wait wait = buckets_.peek(bucket, 1, now);
  if (!wait) return {};
  return refuse(bucket, *wait, now);
}

void staff_quota::give_back(std::span<const share> shares) {
  for (const share& s : shares) buckets_.give_back(s.bucket, s.units);
}

staff_quota::refusal staff_quota::refuse(std::uint64_t bucket, std::chrono::microseconds wait,
                                         clock::time_point now) const {
  return {std::chrono::ceil<std::chrono::milliseconds>(wait), buckets_.state(bucket, now)};
}

} // namespace invited::handlers
