#pragma once

#include "handlers/auth/staff_gate.hpp"
#include "handlers/endpoint.hpp"
#include "handlers/input/create_input.hpp"
#include "handlers/limits/denial_memory.hpp"
#include "store/invites.hpp"

#include <chrono>
#include <string>

namespace invited::handlers {

/// What new invites get unless their maker says otherwise.
struct create_policy {
  create_rules rules;
  std::chrono::seconds ttl;
  store::rate limit;    ///< of each provider
  std::string base_url; ///< without a trailing slash
};

/// POST /generate_invite: makes one invite and answers its link.
class create_invite final : public endpoint {
public:
  /// References outlive the object; all are this core's.
  create_invite(staff_gate& gate, denial_memory& denials, store::invites& invites, create_policy policy);
  task<response> handle(request& r) override;

private:
  response limited(const request& r, std::string_view provider_id, std::chrono::milliseconds wait) const;
  response made(const store::create_outcome& outcome, std::string_view provider_id) const;

  staff_gate& gate_;
  denial_memory& denials_;
  store::invites& invites_;
  create_policy policy_;
};

} // namespace invited::handlers
