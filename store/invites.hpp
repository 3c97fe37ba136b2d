#pragma once

#include "store/async/task.hpp"
#include "store/audit/audit_event.hpp"
#include "store/challenge.hpp"
#include "store/crypto/digest.hpp"
#include "store/crypto/sealer.hpp"
#include "store/entropy.hpp"
#include "store/errc.hpp"
#include "store/index_position.hpp"
#include "store/invite_events.hpp"
#include "store/invite_id.hpp"
#include "store/ledger.hpp"
#include "store/patient_record.hpp"
#include "store/redis/connection.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace invited::store {

struct create_call;

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
  audit_actor by;               ///< its creator
  std::string_view email;
  std::string_view first_name;
  std::string_view last_name;
  std::string_view phone;
  std::string_view locale;
  const challenge* fact = nullptr; ///< what opening it asks for; null: nothing
  std::chrono::milliseconds ttl;
  rate limit;
  std::optional<idempotency> once;
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
  std::optional<bool> asked{};
  std::string_view email{};                     ///< exact but for the case of ASCII letters; empty: any
  std::optional<std::int64_t> created_after{};  ///< ms since 1970, from this one on
  std::optional<std::int64_t> created_before{}; ///< ms since 1970, up to but without this one
  std::optional<index_position> before{};       ///< where an earlier page ended
  std::size_t limit = 50;                       ///< at least 1
  audit_actor by{};                             ///< who sees the names
};

/// Newest first. `next` is where to go on; a page that has it may still be short, because one call looks at a
/// bounded number of ledgers.
struct invite_page {
  std::vector<invite_details> invites;
  std::optional<index_position> next;
};

/// In whose name an invite is renewed. Views must live until the call is done.
struct renewal {
  audit_actor by;
  rate limit;
  std::optional<idempotency> once;
};

struct renew_outcome {
  enum class kind {
    judged,  ///< as a new invite, in `made`
    refused, ///< the old invite's state forbids it, or it has a successor already
    unknown  ///< the old invite is gone
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
struct looking {
  enum class purpose {
    read, ///< its patient is shown
    link, ///< its link is shown; noted only while it is pending
    act   ///< another act follows, which has its own line in the audit
  } what;
  audit_actor by;
};

/// Invites, in Redis. One object a core, over that core's connection; every act is one script call in the
/// provider's group, judged by Redis's clock. All arguments that Redis sees are sealed or keyed hashes, but
/// for provider ids, counts and times. Everything passed to the constructor must outlive the object.
class invites {
public:
  /// `today`: days since 1970 UTC, a first guess that Redis corrects.
  invites(redis::connection& redis, sealer& seals, entropy& random, lifetimes lives, std::int64_t today);

  /// Makes an invite unless the provider's bucket is empty. Idempotent by its handle and, if given,
  /// idempotency key.
  task<result<create_outcome>> create(const new_invite& wanted);

  /// Claims the right to redeem. `redeem_key` may be empty: then exactly once, and never again. Nothing is
  /// claimed that could not be opened (errc::key_unavailable). `answer` counts where the invite asks for a
  /// fact: a wrong one is noted, and the fifth locks the invite for good. Null is none, and costs no attempt.
  task<result<redeem_outcome>> redeem(invite_ref ref, std::string_view redeem_key, const challenge* answer,
                                      const audit_actor& by);

  /// What the holder of a link may see; `mark` has the first view noted and counted. `redeem_key` may be
  /// empty.
  task<result<std::optional<invite_view>>> view(invite_ref ref, std::string_view redeem_key, bool mark,
                                                const audit_actor& by);

  /// Notes that whoever holds the link asks for a new one, once an hour at the most. The same for an invite
  /// that there is not.
  task<result<void>> ask(invite_ref ref);

  /// One invite; nothing when there is none within `scope`, which must live until the call is done, as must
  /// what `why` points to.
  task<result<std::optional<invite_details>>> find(invite_ref ref, const provider_scope& scope,
                                                   const looking& why);

  /// A page of a provider's invites. Stays right while invites are added and end: each is listed at its place
  /// of creation, once.
  task<result<invite_page>> list(const list_query& q);

  /// Revokes an invite, ends its session, or erases what is known of its patient (which revokes it if it is
  /// pending, and ends its session). Safe to repeat. Nothing when there is none within `scope`.
  task<result<std::optional<ending_outcome>>> end(invite_ref ref, const provider_scope& scope, ending act,
                                                  const audit_actor& by);

  /// Makes an invite like `old` (from find(); it must live until the call is done) in its place, open for as
  /// long as that one was, and charges the provider's bucket. If `old` was pending it ends as replaced.
  task<result<renew_outcome>> renew(const invite_details& old, const renewal& wanted);

  /// Revokes an invite that is pending, whoever's it is, and does not look at its patient: needs no key.
  task<result<revoking>> revoke_pending(invite_ref ref);

  /// The session with this jti, if it still lives.
  task<result<std::optional<open_session>>> find_session(invite_ref ref, std::array<std::uint8_t, 16> jti,
                                                         const audit_actor& by);

  /// What happened through this object; may be read on any thread.
  const invite_tally& tally() const noexcept { return tally_; }

private:
  static constexpr int day_tries = 3; ///< midnight passes once; twice more would be a clock gone mad

  task<result<redis::reply>> run_today(const script& s, group g, std::span<std::string_view> keys,
                                       std::span<std::string_view> args);
  task<result<redis::reply>> run_end(invite_ref ref, const provider_scope& scope, ending act,
                                     const audit_actor& by);
  group group_of(std::string_view provider_id);
  std::string sealed_actor(const invite_ref& ref, const audit_actor& by);
  std::string email_index(std::string_view provider_id, std::string_view email);
  handle redeem_key_hash(const handle& h, std::string_view redeem_key);
  result<invite_details> details_of(const invite_ref& ref, std::string_view state, const ledger& l);
  result<patient_record> open_record(const handle& h, const ledger& l);
  result<invite_view> view_of(const handle& h, invite_state state, bool own_session, const ledger& l);
  result<redeem_outcome> read_refusal(const handle& h, redeem_outcome::kind what, const redis::reply& reply);
  result<renew_outcome> read_renewed(const invite_ref& old, const create_call& call,
                                     const redis::reply& reply);
  result<create_outcome> read_created(const create_call& call, const redis::reply& reply);

  redis::connection& redis_;
  sealer& seals_;
  entropy& random_;
  lifetimes lives_;
  std::int64_t today_; ///< the day Redis last said it is
  invite_tally tally_;

  /// Providers come again and again, and hashing costs more than looking: the last of each slot is
  /// remembered.
  struct known_group {
    std::string provider_id;
    group tag = 0;
  };
  std::array<known_group, 256> groups_;
};

} // namespace invited::store
