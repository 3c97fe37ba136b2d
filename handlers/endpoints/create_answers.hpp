#pragma once

#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "handlers/limits/denial_memory.hpp"
#include "store/invites.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// How every call that makes an invite is answered, and refused. One object a core, not thread-safe.
class create_answers {
public:
  /// `base_url` is without a trailing slash.
  explicit create_answers(std::string base_url) : base_url_(std::move(base_url)) {}

  /// The refusal of a provider whose bucket is known to be empty, without asking the store.
  std::optional<response> refused_before(const request& r, std::string_view provider_id,
                                         const store::rate& limit);

  /// The answer to a call that the store has judged.
  response of(const store::create_outcome& outcome, const request& r, std::string_view provider_id,
              const store::rate& limit);

private:
  response made(const store::created_invite& invite, std::string_view provider_id) const;

  std::string base_url_;
  denial_memory denials_;
};

} // namespace invited::handlers
