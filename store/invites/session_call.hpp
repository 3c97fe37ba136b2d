#pragma once

#include "store/base/errc.hpp"
#include "store/crypto/sealer.hpp"
#include "store/invites/invite_acts.hpp"
#include "store/keys/invite_id.hpp"
#include "store/redis/batcher.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace invited::store {

/// A reading of one session, which may leave together with others of its group (session-3+.lua). It lives in
/// the coroutine's frame.
class session_call final : public redis::batched_call {
public:
  using session_id = std::array<std::uint8_t, 16>; ///< jti

  /// `ref` and `id` must outlive the object. `actor` is sealed.
  session_call(const invite_ref& ref, const session_id& id, std::string actor);

  /// Reads its reply. `key` is the invite's. Nothing if the session has ended, or is another one.
  result<std::optional<open_session>> read(const redis::node& reply, const handle_key& key,
                                           sealer& seals) const;

  // How it goes together with others (store/redis/batcher.hpp): with those of the same group.
  static const script& text() noexcept;
  std::size_t lane() const noexcept { return ref_.tag; }
  bool goes_with(const session_call& other) const noexcept { return ref_.tag == other.ref_.tag; }
  bool meets(const session_call&) const noexcept { return false; }
  static void write(redis::script_writer& to, std::span<const session_call* const> calls, std::int64_t today);

private:
  const invite_ref& ref_;
  const session_id& id_;
  std::string actor_;
};

} // namespace invited::store
