#pragma once

#include "store/async/task.hpp"
#include "store/crypto/sealer.hpp"
#include "store/errc.hpp"
#include "store/redis/connection.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace invited::store {

/// An attempt to sign in, as it was counted for an account and an address.
struct sign_in_attempt {
  handle account_name{};
  handle address{};
  std::int64_t account_at = 0; ///< ms since 1970, by Redis's clock; as it was counted there
  std::int64_t address_at = 0;

  /// It must wait this long, and was not counted.
  std::optional<std::chrono::milliseconds> wait{};
};

/// Wrong passwords, counted in Redis for all servers: after `most` within `window`, who tries for the same
/// account, known or not, or from the same address must wait. One object a core, over that core's connection;
/// both outlive it.
class sign_in_throttle {
public:
  sign_in_throttle(redis::connection& redis, sealer& seals) : redis_(redis), seals_(seals) {}

  /// Counts an attempt as wrong, before anybody knows: so ten at a time are no more than ten in a row.
  /// `address` is what counts as one: see address_limiter. It must live until the call is done.
  task<result<sign_in_attempt>> count(handle account_name, std::string_view address);

  /// The password was right, or never looked at. As far as the store answers: what is not taken back is
  /// forgotten by itself.
  task<void> forgive(sign_in_attempt counted);

  static constexpr int most = 5;
  static constexpr std::chrono::milliseconds window{60'000};

private:
  enum class step : std::uint8_t { look, count };

  task<result<void>> take(step s, sign_in_attempt& attempt);
  task<result<redis::reply>> take_one(step s, handle h);
  task<result<void>> forgive_one(handle h, std::int64_t at);

  redis::connection& redis_;
  sealer& seals_;
};

} // namespace invited::store
