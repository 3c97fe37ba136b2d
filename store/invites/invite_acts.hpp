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

// What the acts on invites (invites.hpp) take, and what they answer.
namespace invited::store {

/// How long things live; the same on every server of one Redis.
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

/// What a bucket says after a call.
struct bucket {
  std::uint32_t burst = 0;
  std::int64_t left = 0;
  std::chrono::milliseconds full_in{}; ///< until it holds `burst` tokens again
};

/// An idempotency key with all that it is scoped by, and what the body said: the same key with another body
/// is refused.
struct idempotency {
  std::string_view issuer;
  std::string_view subject;
  std::string_view route;
  std::string_view key;
};

/// What to make. Views are read before the first suspension only, except where noted.
struct new_invite {
  std::string_view provider_id; ///< [A-Za-z0-9._:-]{1,64}; must live until the call is done
  audit_actor actor;            ///< its creator
  std::string_view email;
  std::string_view first_name;
  std::string_view last_name;
  std::string_view phone;
  std::string_view locale;
  const store::challenge* challenge = nullptr; ///< what opening it asks for; null: nothing
  std::chrono::milliseconds ttl;
  rate limit;
  std::optional<idempotency> idempotency_key;
  bool usual_ttl = false; ///< the caller asked for none: a repeat is the same whatever is usual by then
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
  std::chrono::milliseconds retry_after{}; ///< with `limited`: until there is a token
  bucket tokens{};
};

/// A redeemed invite's session. The answer to a redeem is a pure function of this and the sealed record, so
/// that the same redeem key gets the same bytes again.
struct session {
  std::int64_t redeemed_at; ///< ms since 1970
  std::int64_t expires_at;  ///< ms since 1970, a whole second
  std::array<std::uint8_t, 16> jti;
  key_id signed_under;
};

/// What the holder of a link may see. Not found: std::nullopt.
struct invite_view {
  invite_state state; ///< `expired` from the very millisecond on
  bool own_session;   ///< the redeem key given is the one that redeemed
  std::string provider_id;
  std::int64_t expires_at;
  bool locked; ///< by too many wrong answers
  std::string locale{};
  std::optional<challenge_kind> asks_for{}; ///< what redeeming it needs; nothing once erased
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
    locked ///< by too many wrong answers: no answer will do
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

/// What those who manage an invite see of it. Times in ms since 1970, 0 for never.
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
  std::optional<patient_record> record; ///< nothing once erased
};

/// Whose invites a caller may manage. A text as scripts take it: providers between bars, or empty for all.
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
  std::optional<invite_state> state{}; ///< these filters all at once
  std::optional<bool> locked{};
  std::optional<bool> asked{};                  ///< true: in the order of asking, the last first
  std::string_view email{};                     ///< exact but for the case of ASCII letters; empty: any
  std::optional<std::int64_t> created_after{};  ///< ms since 1970, from this one on
  std::optional<std::int64_t> created_before{}; ///< ms since 1970, up to but without this one
  std::optional<index_position> before{};       ///< where an earlier page of the same query ended
  std::size_t limit = 50;                       ///< at least 1
  audit_actor actor{};                          ///< who sees the names; no role: whoever asks counts it

  /// Whether more has to be looked at than may be shown.
  bool is_search() const { return state || locked || asked || !email.empty(); }

  /// It is answered without a look at Redis, and leaves no trace.
  bool finds_nothing() const;
};

/// What a search looks at in one call. One MGET of a thousand ledgers takes Redis about a millisecond.
inline constexpr std::size_t searched_in_a_call = 1000;

/// Newest first. `next` is where to go on; a page that has it may still be short, because one call looks at a
/// bounded number of ledgers.
struct invite_page {
  std::vector<invite_details> invites;
  std::optional<index_position> next;
  std::size_t looked_at = 0; ///< ledgers
};

/// In whose name an invite is renewed. Views must live until the call is done.
struct renewal {
  audit_actor actor;
  rate limit;
  std::optional<idempotency> idempotency_key;
};

struct renew_outcome {
  enum class kind {
    attempted, ///< as a new invite, in `made`
    refused,   ///< the old invite's state forbids it, or it has a successor already
    unknown    ///< the old invite is gone
  } what;
  create_outcome made{};
  std::optional<invite_details> old{}; ///< as it is now, with `refused`
};

enum class ending { revoke, end_session, erase };

enum class revoking {
  done, ///< it is revoked now
  over  ///< it was not pending any more
};

struct ending_outcome {
  enum class kind {
    done,   ///< it is so now, whether by this call or an earlier one
    refused ///< the invite's state forbids it
  } what;
  invite_details invite; ///< as it is now
};

/// What an invite is looked at for, as the audit has it.
struct read_purpose {
  enum class kind {
    read, ///< its patient is shown
    link, ///< its link is shown; noted only while it is pending
    act   ///< another act follows, which has its own line in the audit
  } what;
  audit_actor actor;
};

} // namespace invited::store
