#include "handlers/making/creation_judge.hpp"

namespace invited::handlers {
namespace {

problem key_reused() {
  return {.status = 422,
          .code = "idempotency_key_reused",
          .detail =
              "This Idempotency-Key was used before with another body. Use a new key for a new invite."};
}

creation_result limited(const store::rate& limit, std::chrono::milliseconds wait) {
  return {.refused = {429, "rate_limited", "This provider has used up its invites for now."},
          .retry_after = wait,
          .limit = limit,
          .tokens = store::bucket{limit.burst, 0, wait}}; // RateLimit and Retry-After name the same moment
}

} // namespace

std::optional<creation_result> creation_judge::denied(std::string_view provider_id,
                                                      const store::rate& limit) {
  const auto wait = denials_.refused_for(provider_id, limit, denial_memory::clock::now());
  if (!wait) return {};
  return limited(limit, *wait);
}

creation_result creation_judge::judge(const store::create_outcome& outcome, std::string_view provider_id,
                                      const store::rate& limit) {
  using kind = store::create_outcome::kind;
  if (outcome.what == kind::limited) {
    const auto now = denial_memory::clock::now();
    denials_.remember(provider_id, limit, now + outcome.retry_after, now);
    return limited(limit, outcome.retry_after);
  }
  if (outcome.what == kind::key_reused)
    return {.refused = key_reused(), .limit = limit, .tokens = outcome.tokens};
  return {.invite = outcome.invite, .limit = limit, .tokens = outcome.tokens};
}

} // namespace invited::handlers
