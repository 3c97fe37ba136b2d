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

/// What a patient's token says besides issuer, audience and key. Times are in seconds since 1970.
struct session_claims {
  std::string ref; ///< sub: the invite's public handle
  std::int64_t issued_at = 0;
  std::int64_t expires_at = 0;
  std::array<std::uint8_t, 16> jti{};

  friend bool operator==(const session_claims&, const session_claims&) = default;
};

/// Makes and checks patients' tokens: HS256 under keys that are derived from the sealing keys, so they change
/// together. One object a core, not thread-safe. It is built again when the key ring changes.
class session_tokens {
public:
  /// Derives the keys from `seals` now and does not keep it. `issuer` is the base URL.
  session_tokens(store::sealer& seals, std::string issuer, std::function<std::int64_t()> clock);

  /// A pure function of its arguments, the key and the issuer, so a replay gives the same bytes.
  /// store::errc::key_unavailable if the key is not held.
  boost::system::result<std::string> mint(store::key_id id, const session_claims& claims);

  /// Accepts only our own tokens, for us, that have not expired (without leeway; the session in Redis decides
  /// in the end). Only a form that mint() makes is accepted, because nobody else has the key. Errors are of
  /// token_errc.
  boost::system::result<session_claims> verify(std::string_view token);

private:
  struct signer {
    store::key_id id;
    std::string start; ///< of its tokens: the encoded header and a dot
    store::hmac_sha256 mac;
  };
  signer* find(store::key_id id);
  void write_payload(const session_claims& claims);

  std::vector<signer> signers_;
  std::string issuer_;
  std::string payload_start_;
  std::string payload_; ///< of the token being minted; kept for its memory
  std::function<std::int64_t()> clock_;
};

} // namespace invited::handlers
