#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/limits/denial_memory.hpp"
#include "store/base/tally.hpp"
#include "store/invites/invites.hpp"

#include <chrono>
#include <optional>
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

/// Says what the store's answer to a request for an invite means, and remembers which providers have used up
/// their bucket. One object a core, not thread-safe.
class creation_judge {
public:
  /// The refusal for a provider whose bucket is known to be empty, without asking the store.
  std::optional<creation_result> denied(std::string_view provider_id, const store::rate& limit);

  /// The result for an outcome of the store. Remembers a provider past its limit.
  creation_result judge(const store::create_outcome& outcome, std::string_view provider_id,
                        const store::rate& limit);

  /// How often denied() had an answer, including rows of bulk calls. May be read on any thread.
  const store::tally& refusals() const { return denials_.refusals(); }

private:
  denial_memory denials_;
};

} // namespace invited::handlers
