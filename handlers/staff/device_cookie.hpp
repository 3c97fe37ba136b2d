#pragma once

#include "handlers/auth/host_cookie.hpp"
#include "handlers/tokens/staff_token.hpp"
#include "store/base/entropy.hpp"
#include "store/crypto/sealer.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// A browser that has signed in for an account before.
struct known_device {
  store::handle account{};    ///< accounts::name_of
  std::int64_t epoch = 0;     ///< the account's, by then: with another one it is void
  store::handle id{};         ///< random
  std::int64_t issued_at = 0; ///< s since 1970

  friend bool operator==(const known_device&, const known_device&) = default;
};

/// The cookie by which a browser is known again when somebody signs in there: `__Host-invited_device`, 90
/// days from the last sign-in, for the `most` accounts that signed in last. It opens nothing: with it, wrong
/// passwords are counted apart from everybody else's, so a stolen one gives a thief five guesses a minute.
///
/// Its value is an entry for each account, the latest first, joined by dots, each base64url of version (1
/// byte: 1), account (16), epoch (8, big endian), id (16), issued_at (8) and a MAC of these (16): an HMAC
/// under the index key. It is judged without asking Redis; the epoch is left to the caller. One object a
/// core.
class device_cookie {
public:
  /// References outlive the object.
  device_cookie(std::string_view base_url, const store::sealer& seals, store::entropy& random,
                system_seconds clock);

  /// What the browser shows for that account, if it is ours and not too old.
  std::optional<known_device> find(const request& r, const store::handle& account) const;

  /// The value of Set-Cookie for who has just signed in: a browser that is known for the account keeps its
  /// id, and its other accounts.
  std::string set(const request& r, const store::handle& account, std::int64_t epoch) const;

  static constexpr std::chrono::seconds lives = std::chrono::hours(90 * 24);
  static constexpr std::size_t most = 8;

private:
  std::optional<known_device> read(std::string_view entry) const;
  void append(std::string& out, const known_device& d) const;

  host_cookie cookie_;
  const store::sealer& seals_;
  store::entropy& random_;
  system_seconds clock_;
};

} // namespace invited::handlers
