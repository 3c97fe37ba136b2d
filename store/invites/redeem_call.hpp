#pragma once

#include "store/base/entropy.hpp"
#include "store/crypto/sealer.hpp"
#include "store/keys/invite_id.hpp"
#include "store/redis/connection.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace invited::store {

/// What one redemption sends (redeem-7.lua). Its session stays the same if it is sent again on another day.
/// It lives in the coroutine's frame.
class redeem_call final : public redis::script_arguments {
public:
  /// What a session is bound to: the key that signs its tokens, and the hash of the redeem key (null: none).
  struct bond {
    const key_id& signer;
    const handle* redeem_key;
  };

  /// Draws the session's jti. `ref` must outlive the object.
  redeem_call(const invite_ref& ref, std::chrono::seconds session, const bond& to, entropy& random);

  /// The size in bytes of the session that comes back in front of the ledger.
  std::size_t session_size() const { return session_times + begun_size_; }
  static constexpr std::size_t session_times = 6 + 6; ///< redeemed_at and exp, which the script writes

  void write_to(redis::script_writer& to) const override;

  std::int64_t today = 0;         ///< to be set
  std::string held{};             ///< ids of the keys that may open the record
  std::string actor{};            ///< sealed
  std::optional<handle> answer{}; ///< hash of the answer; nothing: no answer was given
  std::optional<handle> older{};  ///< hash of its older form; nothing: it has none

private:
  const invite_ref& ref_;
  std::chrono::seconds session_;
  std::array<std::uint8_t, 16 + sizeof(key_id) + sizeof(handle)> begun_; ///< the session after its times
  std::size_t begun_size_;
};

} // namespace invited::store
