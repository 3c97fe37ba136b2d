#pragma once

#include "store/async/task.hpp"
#include "store/base/entropy.hpp"
#include "store/base/errc.hpp"
#include "store/crypto/sealer.hpp"
#include "store/redis/connection.hpp"
#include "store/staff/accounts.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace invited::store {

/// A sign-in that has not ended.
struct open_sign_in {
  account who;
  std::int64_t expires_at;            ///< ms since 1970, by Redis's clock: when it ends unless it is used
  std::chrono::milliseconds left;     ///< until then
  std::optional<std::string> token{}; ///< it was prolonged: give this token to the client
};

/// Sign-ins by cookie, each under a token that only its holder has: `sin:{usr:<hash>}:<h>`. The sealed value
/// is the account's epoch (8 bytes) and when the sign-in began (ms, 8 bytes), both big endian, bound to the
/// account. A token is the account's name, a secret, and a MAC of both, so an invented token is recognised
/// without asking Redis. A sign-in ends when it is not used for `idle` (by its native TTL), at `longest`
/// after it began, when it is signed out, and when its account has another epoch or is disabled. All of this
/// is in force on all servers at once, because each use asks Redis. One object a core. All three constructor
/// arguments must outlive it.
class sign_ins {
public:
  sign_ins(redis::connection& redis, accounts& known, sealer& seals, entropy& random)
      : redis_(redis), accounts_(known), seals_(seals), random_(random) {}

  /// Begins a sign-in of `who` and returns its token, in characters that a cookie may hold. `now` is by
  /// Redis's clock.
  task<result<std::string>> begin(const account& who, std::int64_t now);

  /// The sign-in of that token, prolonged if less than half of its time is left. Nothing if it has ended, and
  /// for any other text. `token` must live until the call is done.
  task<result<std::optional<open_sign_in>>> find(std::string_view token);

  /// The name of the account that a token is for; nothing for a text that begin() did not return. Does not
  /// ask Redis.
  std::optional<handle> account_of(std::string_view token);

  /// Ends it, if it has not ended.
  task<result<void>> end(std::string_view token);

  static constexpr std::chrono::milliseconds idle = std::chrono::minutes(30);
  static constexpr std::chrono::milliseconds longest = std::chrono::hours(12);

private:
  struct names;
  struct began;
  std::optional<names> read(std::string_view token);
  handle mac_of(std::string_view named);
  result<began> open(const names& n, std::string_view value);
  task<result<std::uint32_t>> prolong(handle account_name, handle h, std::int64_t until);

  redis::connection& redis_;
  accounts& accounts_;
  sealer& seals_;
  entropy& random_;
};

} // namespace invited::store
