#pragma once

#include "handlers/answers/answer.hpp"
#include "handlers/http/problem.hpp"
#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "handlers/limits/denial_memory.hpp"
#include "store/invites/invites.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// What became of one wish for an invite.
struct creation_result {
  std::optional<store::created_invite> invite{};
  problem refused{};                       ///< why there is none
  std::chrono::milliseconds retry_after{}; ///< with 429 and 503
  store::rate limit{};                     ///< the provider's, with `tokens`
  std::optional<store::bucket> tokens{};   ///< where the store, or the memory of its refusals, was asked
};

/// How every call that makes an invite is judged, answered, and refused. One object a core, not thread-safe.
class creation_replies {
public:
  /// `base_url` is without a trailing slash.
  explicit creation_replies(std::string_view base_url);

  /// The refusal of a provider whose bucket is known to be empty, without asking the store.
  std::optional<creation_result> denied(std::string_view provider_id, const store::rate& limit);

  /// What the store's outcome means; a provider past its limit is remembered.
  creation_result judge(const store::create_outcome& outcome, std::string_view provider_id,
                        const store::rate& limit);

  /// The answer to a call that was about one invite.
  response answer_to(const creation_result& m, const request& r, std::string_view provider_id) const;

  /// denied() and judge() as answers, for a call about one invite.
  step<> recall(const request& r, std::string_view provider_id, const store::rate& limit);
  response of(const store::create_outcome& outcome, const request& r, std::string_view provider_id,
              const store::rate& limit);

  /// Appends what is told of a new invite: four members, from "invite_id" on, without braces.
  void append_made(std::string& out, const store::created_invite& invite) const;

  /// How often denied() had an answer, rows of bulk calls included; may be read on any thread.
  const store::tally& refusals() const { return denials_.refusals(); }

private:
  response made(const store::created_invite& invite) const;

  /// What append_made() appends, with blanks for the texts that are each invite's own, and where these are.
  std::string form_;
  std::size_t id_at_, link_at_, ref_at_, expiry_at_;

  denial_memory denials_;
};

} // namespace invited::handlers
