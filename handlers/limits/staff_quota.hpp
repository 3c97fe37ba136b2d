#pragma once

#include "handlers/limits/bucket_table.hpp"
#include "store/base/entropy.hpp"
#include "store/crypto/digest.hpp"
#include "store/keys/invite_id.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace invited::handlers {

/// What calls by staff may cost, in units of about a tenth of a millisecond of Redis. There is a bucket for
/// each caller, and one for each provider, because whoever signs tokens can invent callers. Creations are not
/// charged here, but to the provider's own bucket. One object for all cores of this process.
class staff_quota {
public:
  using clock = bucket_table::clock;

  staff_quota(double per_second, std::uint32_t burst, store::entropy& random);

  // Names of buckets.
  std::uint64_t of_token(std::uint32_t signed_by, std::string_view subject) const;
  std::uint64_t of_account(const store::handle& name) const;
  std::uint64_t of_provider(std::string_view provider_id) const;

  struct share {
    std::uint64_t bucket;
    std::uint32_t units;
  };

  struct refusal {
    std::chrono::milliseconds wait; ///< how long until there are enough units
    store::bucket left;             ///< the bucket that had too few
  };

  /// Takes all shares, or none.
  std::optional<refusal> take(std::span<const share> shares, clock::time_point now);

  /// As take() for one unit, but takes none.
  std::optional<refusal> peek(std::uint64_t bucket, clock::time_point now) const;

  /// Gives back units that a call was charged and did not need.
  void give_back(std::span<const share> shares);

  store::rate policy() const { return buckets_.policy(); }

private:
  refusal refuse(std::uint64_t bucket, std::chrono::microseconds wait, clock::time_point now) const;

  store::hmac_sha256 names_; ///< under a random key
  bucket_table buckets_;
};

} // namespace invited::handlers
