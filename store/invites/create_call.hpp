#pragma once

#include "store/base/entropy.hpp"
#include "store/base/errc.hpp"
#include "store/crypto/sealer.hpp"
#include "store/invites/invite_acts.hpp"
#include "store/invites/ledger.hpp"
#include "store/keys/keys.hpp"
#include "store/redis/batcher.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace invited::store {

/// The creation of one invite, which may leave together with others of its provider (create-8+.lua). It lives
/// in the coroutine's frame, because a repeat (on another day) sends it again. `wanted` must outlive it.
class create_call final : public redis::batched_call {
public:
  /// The invite that the new one replaces, and what is wished besides; the same as in `wanted` where it is
  /// set. Both are part of what an idempotency key stands for.
  struct replacement {
    const handle& old;
    const renewal& wish;
  };

  /// What is known of the provider and of all invites.
  struct frame {
    group tag;
    std::string_view email_index;
    std::string_view external_index; ///< empty without an external id
    std::chrono::milliseconds retention;
  };

  /// `replaces` is null if it replaces none.
  create_call(const new_invite& wanted, const frame& of, sealer& seals, entropy& random,
              const replacement* replaces = nullptr);

  const invite_id& id() const noexcept { return id_; }
  invite_ref ref() const noexcept { return {tag_, h_}; }

  /// Reads one invite's reply.
  result<create_outcome> read(const redis::node& reply, sealer& seals) const;

  // How it goes together with others (store/redis/batcher.hpp): with those of the same provider and the same
  // rate, but never with one that has the same idempotency key.
  static const script& text() noexcept;
  std::size_t lane() const noexcept { return tag_; }
  bool goes_with(const create_call& other) const noexcept;
  bool meets(const create_call& other) const noexcept;
  static void write(redis::script_writer& to, std::span<const create_call* const> calls, std::int64_t today);

  /// How a renewal, which is not one of many, writes the same (renew-11.lua).
  static constexpr std::size_t key_count = 7, argument_count = 7;
  void add_keys(redis::script_writer& to, std::int64_t today) const;
  void add_arguments(redis::script_writer& to, std::int64_t today) const;
  const std::optional<key_name>& idempotency_key() const noexcept { return idempotency_key_; }

private:
  void seal_record(sealer& seals, const handle_key& key, const frame& of);
  void prepare_key_record(sealer& seals, const handle_key& key, const replacement* replaces);
  bytes32 fingerprint_of(sealer& seals, const replacement* replaces) const;
  bytes32 own_fingerprint(sealer& seals) const;
  static bytes32 fingerprint_of(sealer& seals, const replacement& replaces);
  void add_provider_keys(redis::script_writer& to, std::int64_t today) const;
  void add_common_arguments(redis::script_writer& to, std::int64_t today) const;
  void add_own_arguments(redis::script_writer& to) const;
  result<create_outcome> read_replayed(std::int64_t expires_at, std::string_view kept, const bucket& tokens,
                                       sealer& seals) const;

  const new_invite& wanted_;
  group tag_;
  std::chrono::milliseconds retention_;
  invite_id id_;
  handle h_;
  new_ledger ledger_;
  std::string creator_; ///< sealed
  std::optional<key_name> idempotency_key_;
  std::string key_record_; ///< fingerprint ‖ h ‖ key id ‖ sealed invite_id; empty without a key
};

} // namespace invited::store
