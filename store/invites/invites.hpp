#pragma once

#include "store/async/task.hpp"
#include "store/base/entropy.hpp"
#include "store/base/errc.hpp"
#include "store/crypto/sealer.hpp"
#include "store/invites/create_call.hpp"
#include "store/invites/invite_acts.hpp"
#include "store/invites/invite_events.hpp"
#include "store/invites/redeem_call.hpp"
#include "store/invites/session_call.hpp"
#include "store/invites/view_call.hpp"
#include "store/redis/connection.hpp"
#include "store/redis/reading_lane.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace invited::store {

/// Invites in Redis. One object a core, over that core's connection. Every act is one script call in the
/// provider's group, and Redis's clock decides. All arguments that Redis sees are sealed or keyed hashes,
/// except provider ids, counts and times. Everything that the constructor takes must outlive the object.
class invites {
public:
  /// `today`: days since 1970 UTC, a first guess that Redis corrects.
  invites(redis::connection& redis, const reading_lane& lane, sealer& seals, entropy& random, lifetimes lives,
          std::int64_t today);

  /// Makes an invite unless the provider's bucket is empty. Idempotent by its handle and by its idempotency
  /// key, if it has one.
  task<result<create_outcome>> create(const new_invite& wanted);

  /// Claims the right to redeem. If `redeem_key` is empty, it can be claimed exactly once. An invite that
  /// could not be opened afterwards is not claimed (errc::key_unavailable). `answer` counts if the invite
  /// asks for a fact: each wrong answer is noted, and the fifth locks the invite for good. Null means no
  /// answer, and costs no attempt. `older` is the same answer as older servers normalised it; null where that
  /// is the same. It is right, too, and both together are one attempt.
  task<result<redeem_outcome>> redeem(invite_ref ref, std::string_view redeem_key, const challenge* answer,
                                      const audit_actor& actor, const challenge* older = nullptr);

  /// What the holder of a link may see; std::nullopt if there is no such invite. With `mark` the first view
  /// is noted and counted. `redeem_key` may be empty.
  task<result<std::optional<invite_view>>> view(invite_ref ref, std::string_view redeem_key, bool mark,
                                                const audit_actor& actor);

  /// Notes that the holder of the link asks for a new one, at most once an hour. The result is the same if
  /// there is no such invite.
  task<result<void>> ask(invite_ref ref);

  /// Ticks that off: as if nobody had asked, so that the patient may ask again at once. Safe to repeat.
  /// Nothing if there is no such invite within `scope`.
  task<result<std::optional<invite_details>>> clear_asked(invite_ref ref, const provider_scope& scope,
                                                          const audit_actor& actor);

  /// One invite; nothing if there is none within `scope`. `scope` and what `why` points to must live until
  /// the call is done.
  task<result<std::optional<invite_details>>> find(invite_ref ref, const provider_scope& scope,
                                                   const read_purpose& why);

  /// A page of a provider's invites. Pages stay right while invites are added and end: each invite is listed
  /// once, by its time of creation. A search uses the reading lane: errc::busy if too many such reads wait.
  task<result<invite_page>> list(const list_query& q);

  /// Revokes an invite, ends its session, or erases what is known of its patient (which revokes it if it is
  /// pending, and ends its session). Safe to repeat. Nothing if there is no such invite within `scope`.
  task<result<std::optional<ending_outcome>>> end(invite_ref ref, const provider_scope& scope, ending act,
                                                  const audit_actor& actor);

  /// Makes an invite that replaces `old`, with the same content and the same time to live, and charges the
  /// provider's bucket. `old` comes from find(), and must live until the call is done. If it was pending it
  /// ends as replaced.
  task<result<renew_outcome>> renew(const invite_details& old, const renewal& wanted);

  /// Revokes a pending invite of any provider. It does not read the patient, so it needs no key.
  task<result<revoking>> revoke_pending(invite_ref ref);

  /// The session with this jti, if it has not ended.
  task<result<std::optional<open_session>>> find_session(invite_ref ref, std::array<std::uint8_t, 16> jti,
                                                         const audit_actor& actor);

  /// What happened through this object. May be read on any thread.
  const invite_tally& tally() const noexcept { return tally_; }

private:
  task<result<redis::reply>> run_end(invite_ref ref, const provider_scope& scope, ending act,
                                     const audit_actor& actor);
  group group_of(std::string_view provider_id);
  std::string sealed_actor(const invite_ref& ref, const audit_actor& actor);
  task<result<invite_page>> search(list_query q);
  task<result<invite_page>> list_over(redis::connection& redis, const list_query& q, std::size_t most);
  task<result<redis::reply>> read_index(redis::connection& redis, const list_query& q, group tag,
                                        std::size_t most);
  task<result<redis::reply>> read_asked(redis::connection& redis, const list_query& q, group tag,
                                        std::size_t most);
  std::string email_index(std::string_view provider_id, std::string_view email);
  std::string older_email_index(std::string_view provider_id, std::string_view email);
  std::string external_index(std::string_view provider_id, std::string_view external_id);
  std::string blind_index(std::string_view label, std::string_view provider_id, std::string_view text);
  handle redeem_key_hash(const handle& h, std::string_view redeem_key);
  result<invite_details> details_of(const invite_ref& ref, std::string_view state, const ledger& l);
  result<renew_outcome> read_renewed(const invite_ref& old, const create_call& call,
                                     const redis::reply& reply);
  void note(const create_outcome& outcome);
  void note(const redeem_outcome& outcome);

  redis::connection& redis_;
  reading_lane lane_;
  sealer& seals_;
  entropy& random_;
  lifetimes lives_;
  std::int64_t today_; ///< the day according to the last answer of Redis
  invite_tally tally_;

  /// The same providers come again and again, and hashing costs more than a look-up, so each slot remembers
  /// its last provider.
  struct known_group {
    std::string provider_id;
    group tag = 0;
  };
  std::array<known_group, 256> groups_;

  redis::batcher_of<create_call> creates_;
  redis::batcher_of<redeem_call> redeems_;
  redis::batcher_of<view_call> views_;
  redis::batcher_of<session_call> sessions_;
};

} // namespace invited::store
