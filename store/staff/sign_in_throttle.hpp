#pragma once

#include "store/async/task.hpp"
#include "store/base/errc.hpp"
#include "store/crypto/sealer.hpp"
#include "store/keys/keys.hpp"
#include "store/redis/connection.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace invited::store {

/// An attempt to sign in: where it counts, and how it was counted. Made by sign_in_throttle.
struct sign_in_attempt {
  handle own{};     ///< the account from this address or from this device: it may have to wait
  handle address{}; ///< set for an unknown browser only, like the next
  handle account_name{};
  bool known_device = false;

  std::int64_t at = 0;         ///< ms since 1970, by Redis's clock; 0: not counted
  std::int64_t account_at = 0; ///< the same for the account
  bool in_address = false;     ///< it was counted for the address, too

  /// This attempt should go behind others: too many wrong passwords came lately from the address, or for the
  /// account from unknown browsers.
  bool crowded = false;

  /// If set, the attempt must wait this long, and was not counted.
  std::optional<std::chrono::milliseconds> wait{};
};

/// Wrong passwords, counted in Redis for all servers. An account is throttled hard for one address, whether
/// the account exists or not: after `most` wrong passwords within `window` it must wait. The wider counts
/// refuse nobody, because otherwise a stranger could keep others out: an address with more than
/// `most_of_address` in a window, and an account with more than `most_of_account` in an hour, are only
/// reported as crowded. A known device is counted separately, so nobody else's wrong passwords affect it. One
/// object a core, over that core's connection. What the constructor takes must outlive it.
class sign_in_throttle {
public:
  sign_in_throttle(redis::connection& redis, sealer& seals) : redis_(redis), seals_(seals) {}

  /// `address` is the unit of counting; see address_limiter.
  sign_in_attempt from_address(const handle& account_name, std::string_view address) const;

  /// `device` names a device that the caller has verified.
  sign_in_attempt from_device(const handle& account_name, const handle& device) const;

  /// Counts an attempt as wrong before its password is checked, so that ten at the same time count like ten
  /// in a row. `attempt` must live until the call is done.
  task<result<void>> count(sign_in_attempt& attempt);

  /// Takes the count back: the password was right, or was never checked. An error is ignored, because the
  /// count expires by itself.
  task<void> forgive(sign_in_attempt counted);

  static constexpr int most = 5;
  static constexpr int most_of_address = 60;
  static constexpr std::chrono::milliseconds window{60'000};
  static constexpr int most_of_account = 100;
  static constexpr std::chrono::milliseconds account_window{3'600'000};

private:
  /// The keys of one call, all in one slot of a cluster.
  struct place {
    std::array<key_name, 2> keys{};
    std::size_t size = 1;
  };
  static place place_of(const sign_in_attempt& a);

  task<result<void>> count_for_account(sign_in_attempt& attempt);
  task<result<void>> take_back(place from, std::int64_t at);

  redis::connection& redis_;
  sealer& seals_;
};

} // namespace invited::store
