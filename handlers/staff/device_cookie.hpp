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
  std::int64_t epoch = 0;     ///< the account's at that time; with another epoch the cookie is void
  store::handle id{};         ///< random
  std::int64_t issued_at = 0; ///< s since 1970

  friend bool operator==(const known_device&, const known_device&) = default;
};

/// The cookie by which a known browser is recognised at a sign-in: `__Host-invited_device`. It lasts 90 days
/// from the last sign-in, and holds the `most` accounts that signed in last. It does not open anything. With
/// it, wrong passwords are counted separately from everybody else's, so a stolen cookie gives a thief five
/// guesses a minute.
///
/// Its value is an entry for each account, the latest first, joined by dots, each base64url of version (1
/// byte: 1), account (16), epoch (8, big endian), id (16), issued_at (8) and a MAC of these (16): an HMAC
/// under the index key. It is checked without asking Redis; the caller checks the epoch. One object a core.
class device_cookie {
public:
  /// References must outlive the object.
  device_cookie(std::string_view base_url, const store::sealer& seals, store::entropy& random,
                system_seconds clock);

  /// The browser's entry for that account, if we made it and it is not too old.
  std::optional<known_device> find(const request& r, const store::handle& account) const;

  /// The value of Set-Cookie after a sign-in. A browser that is known for the account keeps its id and its
  /// other accounts.
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
