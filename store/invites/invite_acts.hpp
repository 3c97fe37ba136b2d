#pragma once

#include "store/audit/audit_event.hpp"
#include "store/crypto/bytes.hpp"
#include "store/invites/challenge.hpp"
#include "store/invites/ledger.hpp"
#include "store/invites/patient_record.hpp"
#include "store/keys/index_position.hpp"
#include "store/keys/invite_id.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

// What the acts on invites (invites.hpp) take and return.
namespace invited::store {

/// How long things live. Every server of one Redis must have the same values.
struct lifetimes {
  std::chrono::milliseconds ttl_max;   ///< the longest an invite may be open
  std::chrono::milliseconds retention; ///< how long its ledger outlives it
  std::chrono::seconds session;        ///< a redeemed invite's session
};

/// A provider's token bucket: `burst` tokens at the most, refilled at `per_second`.
struct rate {
  double per_second;
  std::uint32_t burst;

  friend bool operator==(const rate&, const rate&) = default;
};

/// The state of a bucket after a call.
struct bucket {
  std::uint32_t burst = 0;
  std::int64_t left = 0;
  std::chrono::milliseconds full_in{}; ///< until it holds `burst` tokens again
};

/// An idempotency key with its whole scope, and a fingerprint of the body: the same key with another body is
/// refused.
struct idempotency {
  std::string_view issuer;
  std::string_view subject;
  std::string_view route;
  std::string_view key;
};

/// The invite to make. Views are read before the first suspension only, except where noted.
struct new_invite {
  std::string_view provider_id; ///< [A-Za-z0-9._:-]{1,64}; must live until the call is done
  audit_actor actor;            ///< its creator
  std::string_view email;       ///< empty: none
  std::string_view first_name;
  std::string_view last_name;
  std::string_view phone;
  std::string_view locale;
  const store::challenge* challenge = nullptr; ///< what a patient must answer to open it; null: nothing
  std::chrono::milliseconds ttl;
  rate limit;
  std::optional<idempotency> idempotency_key;
  /// The caller asked for no ttl: a repeat stays the same even if the usual ttl changes.
  bool usual_ttl = false;
  std::string_view external_id{}; ///< the portal's own reference; empty: none
};

struct created_invite {
  invite_id id;
  invite_ref ref;
  std::int64_t expires_at; ///< ms since 1970
  bool replayed;           ///< the answer of an earlier call with the same idempotency key
};

struct create_outcome {
  enum class kind { created, limited, key_reused } what;
  created_invite invite{};                 ///< with `created`
  std::chrono::milliseconds retry_after{}; ///< with `limited`: how long until there is a token
  bucket tokens{};
};

/// The session of a redeemed invite. The reply to a redeem is a pure function of this and the sealed record,
/// so that the same redeem key gets the same bytes again.
struct session {
  std::int64_t redeemed_at; ///< ms since 1970
  std::int64_t expires_at;  ///< ms since 1970, a whole second
  std::array<std::uint8_t, 16> jti;
  key_id signed_under;
};

/// What the holder of a link may see.
struct invite_view {
  invite_state state; ///< `expired` from the very millisecond on
  bool own_session;   ///< the given redeem key is the one that redeemed it
  std::string provider_id;
  std::int64_t expires_at;
  bool locked; ///< by too many wrong answers
  std::string locale{};
  std::optional<challenge_kind> asks_for{}; ///< what redeeming it needs; nothing after it was erased
};

struct redeem_outcome {
  enum class kind {
    redeemed,
    already_redeemed,
    revoked,
    replaced,
    expired,
    lost,
    unknown,
    answer_required, ///< it asks for a fact, and none was given
    wrong_answer,
    locked ///< by too many wrong answers: now every answer is refused
  } what;
  session opened{}; ///< these two with `redeemed`
  patient_record record{};
  std::string provider_id{};         ///< with `redeemed`
  std::optional<invite_view> seen{}; ///< these two with the last three kinds
  unsigned attempts_left = 0;
};

struct open_session {
  session opened;
  patient_record record;
  std::string provider_id;
};

/// What staff who manage an invite see of it. Times are in ms since 1970, 0 for never.
struct invite_details {
  invite_ref ref;
  invite_state state; ///< `expired` from the very millisecond on
  std::string provider_id;
  std::int64_t created_at;
  std::int64_t expires_at;
  std::int64_t viewed_at; ///< first
  std::int64_t ended_at;  ///< when it was redeemed, revoked or replaced
  std::int64_t asked_at;
  std::int64_t locked_at;
  std::optional<handle> successor;
  std::optional<patient_record> record; ///< nothing after it was erased
};

/// The providers whose invites a caller may manage. It holds a text as scripts take it: providers between
/// bars, or empty for all.
class provider_scope {
public:
  static provider_scope all() { return {}; }
  static provider_scope only(std::span<const std::string> providers);

  std::string_view text() const { return text_; }

private:
  std::string text_;
};

/// Which invites to list. Views must live until the call is done.
struct list_query {
  std::string_view provider_id;
  std::optional<invite_state> state{}; ///< an invite must match all these filters
  std::optional<bool> locked{};
  std::optional<bool> asked{};    ///< true: those whose patient asked for a new one, the latest request first
  std::string_view email{};       ///< in any spelling of one address (email_form.hpp); empty: any
  std::string_view external_id{}; ///< exact; empty: any
  std::optional<std::int64_t> created_after{};  ///< ms since 1970, from this one on
  std::optional<std::int64_t> created_before{}; ///< ms since 1970, before this time
  std::optional<index_position> before{};       ///< where an earlier page of the same query ended
  std::size_t limit = 50;                       ///< at least 1
  audit_actor actor{}; ///< who sees the names; no role: the caller notes it in the audit

  /// Whether the call must look at more invites than it shows.
  bool is_search() const { return state || locked || asked || !email.empty() || !external_id.empty(); }

  /// Whether no invite can match. Such a query does not ask Redis, and leaves no trace.
  bool finds_nothing() const;
};

/// How many ledgers a search looks at in one call at most.
inline constexpr std::size_t searched_in_a_call = 1000;

/// How many of them in one step. A thousand entries of an index took Redis 6 ms in one script, and nobody
/// else was served meanwhile.
inline constexpr std::size_t searched_in_a_step = 125;

/// Newest first. `next` says where to go on. A page that has it may still be short, because one call looks at
/// a bounded number of ledgers.
struct invite_page {
  std::vector<invite_details> invites;
  std::optional<index_position> next;
  std::size_t looked_at = 0; ///< ledgers
};

/// What a renewal needs besides the old invite. Views must live until the call is done.
struct renewal {
  audit_actor actor;
  rate limit;
  std::optional<idempotency> idempotency_key;
  std::optional<std::chrono::milliseconds> ttl{}; ///< nothing: as long as the old one
  std::string_view locale{};                      ///< empty: as the old one
  std::string_view external_id{};                 ///< empty: as the old one
};

struct renew_outcome {
  enum class kind {
    attempted, ///< a new invite was tried; `made` has the outcome
    refused,   ///< the old invite's state forbids it, or it has a successor already
    unknown    ///< the old invite is gone
  } what;
  create_outcome made{};
  std::optional<invite_details> old{}; ///< with `refused`: its state now
};

enum class ending { revoke, end_session, erase };

enum class revoking {
  done, ///< this call revoked it
  over  ///< it was no longer pending
};

struct ending_outcome {
  enum class kind {
    done,   ///< it is so now, by this call or an earlier one
    refused ///< the invite's state forbids it
  } what;
  invite_details invite; ///< as it is now
};

/// Why an invite is read, as the audit notes it.
struct read_purpose {
  enum class kind {
    read, ///< its patient is shown
    link, ///< its link is shown; noted only while it is pending
    act   ///< another act follows, which writes its own line in the audit
  } what;
  audit_actor actor;
};

} // namespace invited::store
