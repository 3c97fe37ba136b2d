#pragma once

#include "store/crypto/bytes.hpp"
#include "store/crypto/digest.hpp"
#include "store/crypto/sealer.hpp"

#include <boost/system/result.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::handlers {

/// The `typ` of a patient's token, which no staff token has.
inline constexpr std::string_view session_token_type = "invited-session+jwt";
inline constexpr std::string_view session_token_audience = "invited:session";

/// What a patient's token says beside issuer, audience and key. Times in seconds since 1970.
struct session_claims {
  std::string ref; ///< sub: the invite's public handle
  std::int64_t issued_at = 0;
  std::int64_t expires_at = 0;
  std::array<std::uint8_t, 16> jti{};

  friend bool operator==(const session_claims&, const session_claims&) = default;
};

/// Makes and checks patients' tokens: HS256 under keys derived from the sealing keys, so that
/// they turn with them. One object a core, not thread-safe; built anew when the key ring changes.
class session_tokens {
public:
  /// Derives the keys from `seals` now and does not keep it. `issuer` is the base URL.
  session_tokens(store::sealer& seals, std::string issuer, std::function<std::int64_t()> clock);

  /// A pure function of its arguments, the key and the issuer: a replay gives the same bytes.
  /// store::errc::key_unavailable when the key is not held.
  boost::system::result<std::string> mint(store::key_id id, const session_claims& claims);

  /// A token of our own, for us, not expired (no leeway; the session in Redis has the last word). Only a form
  /// that mint() could have made passes, since nobody else has the key. token_errc.
  boost::system::result<session_claims> verify(std::string_view token);

private:
  struct signer {
    store::key_id id;
    std::string start; ///< of its tokens: the header and what of the payload is always the same, encoded
    store::hmac_sha256 mac;
  };
  signer* find(store::key_id id);
  void write_payload(const session_claims& claims);

  std::vector<signer> signers_;
  std::string issuer_;
  std::string same_end_; ///< the last bytes of what is always the same: too few to be encoded by themselves
  std::string payload_;  ///< of the token being minted, but for what its start has; kept for its memory
  std::function<std::int64_t()> clock_;
};

} // namespace invited::handlers
