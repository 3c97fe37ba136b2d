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

/// The outcome of one request for an invite.
struct creation_result {
  std::optional<store::created_invite> invite{};
  problem refused{};                       ///< why no invite was made
  std::chrono::milliseconds retry_after{}; ///< with 429 and 503
  store::rate limit{};                     ///< the provider's, with `tokens`
  std::optional<store::bucket> tokens{};   ///< set if the store, or the memory of its refusals, was asked
};

/// Judges, answers and refuses every call that makes an invite. One object a core, not thread-safe.
class creation_replies {
public:
  /// `base_url` is without a trailing slash.
  explicit creation_replies(std::string_view base_url);

  /// The refusal for a provider whose bucket is known to be empty, without asking the store.
  std::optional<creation_result> denied(std::string_view provider_id, const store::rate& limit);

  /// The result for an outcome of the store. Remembers a provider past its limit.
  creation_result judge(const store::create_outcome& outcome, std::string_view provider_id,
                        const store::rate& limit);

  /// The answer to a call about one invite.
  response answer_to(const creation_result& m, const request& r, std::string_view provider_id) const;

  /// denied() and judge() as answers to a call about one invite.
  step<> recall(const request& r, std::string_view provider_id, const store::rate& limit);
  response of(const store::create_outcome& outcome, const request& r, std::string_view provider_id,
              const store::rate& limit);

  /// Writes what the answer says about a new invite: four members of the open object, from "invite_id" on.
  void write_made(json_writer& to, const store::created_invite& invite) const;

  /// How often denied() had an answer, including rows of bulk calls. May be read on any thread.
  const store::tally& refusals() const { return denials_.refusals(); }

private:
  response made(const store::created_invite& invite) const;

  std::string links_; ///< what every link begins with

  /// The answer about some invite. A create is the hot path, so made() copies this and writes over the texts
  /// that differ for each invite, at these places.
  std::string form_;
  std::size_t id_at_, link_at_, ref_at_, expiry_at_;

  denial_memory denials_;
};

} // namespace invited::handlers
