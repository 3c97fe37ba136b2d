#pragma once

#include "store/base/entropy.hpp"
#include "store/base/errc.hpp"
#include "store/crypto/sealer.hpp"
#include "store/invites/invite_acts.hpp"
#include "store/keys/invite_id.hpp"
#include "store/redis/batcher.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace invited::store {

/// One redemption, which may leave together with others of its group (redeem-7+.lua). Its session stays the
/// same if it is sent again on another day. It lives in the coroutine's frame.
class redeem_call final : public redis::batched_call {
public:
  /// What a session is bound to: the key that signs its tokens, and the hash of the redeem key (null: none).
  struct bond {
    const key_id& signer;
    const handle* redeem_key;
  };

  /// Draws the session's jti. `ref` must outlive the object.
  redeem_call(const invite_ref& ref, std::chrono::seconds session, const bond& to, entropy& random);

  std::string held{};             ///< ids of the keys that may open the record
  std::string actor{};            ///< sealed
  std::optional<handle> answer{}; ///< hash of the answer; nothing: no answer was given
  std::optional<handle> older{};  ///< hash of its older form; nothing: it has none

  /// Reads its reply. `key` is the invite's.
  result<redeem_outcome> read(const redis::node& reply, const handle_key& key, sealer& seals) const;

  // How it goes together with others (store/redis/batcher.hpp): with those of the same group, but never with
  // one of the same invite.
  static const script& text() noexcept;
  std::size_t lane() const noexcept { return ref_.tag; }
  bool goes_with(const redeem_call& other) const noexcept;
  bool meets(const redeem_call& other) const noexcept { return ref_.h == other.ref_.h; }
  static void write(redis::script_writer& to, std::span<const redeem_call* const> calls, std::int64_t today);

private:
  void add_arguments(redis::script_writer& to) const;

  const invite_ref& ref_;
  std::chrono::seconds session_;
  std::array<std::uint8_t, 16 + sizeof(key_id) + sizeof(handle)> begun_; ///< the session after its times
  std::size_t begun_size_;
};

} // namespace invited::store
