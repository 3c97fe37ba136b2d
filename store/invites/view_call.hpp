#pragma once

#include "store/base/errc.hpp"
#include "store/crypto/sealer.hpp"
#include "store/invites/invite_acts.hpp"
#include "store/keys/invite_id.hpp"
#include "store/redis/batcher.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace invited::store {

/// A look at one link, which may leave together with others of its group (view-4+.lua). It lives in the
/// coroutine's frame.
class view_call final : public redis::batched_call {
public:
  /// `ref` must outlive the object. `redeem_key` is the key's hash; nothing: there is none. `actor` is
  /// sealed; empty: the view leaves no trace.
  view_call(const invite_ref& ref, std::optional<handle> redeem_key, std::string actor);

  /// Reads its reply. `key` is the invite's. Nothing if there is no such invite.
  result<std::optional<invite_view>> read(const redis::node& reply, const handle_key& key,
                                          sealer& seals) const;

  // How it goes together with others (store/redis/batcher.hpp): with those of the same group, but never with
  // one of the same invite, because only the first view counts.
  static const script& text() noexcept;
  std::size_t lane() const noexcept { return ref_.tag; }
  bool goes_with(const view_call& other) const noexcept { return ref_.tag == other.ref_.tag; }
  bool meets(const view_call& other) const noexcept { return ref_.h == other.ref_.h; }
  static void write(redis::script_writer& to, std::span<const view_call* const> calls, std::int64_t today);

private:
  const invite_ref& ref_;
  std::optional<handle> redeem_key_;
  std::string actor_;
};

} // namespace invited::store
