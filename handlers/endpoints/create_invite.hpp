#pragma once

#include "handlers/auth/staff_gate.hpp"
#include "handlers/endpoint.hpp"
#include "handlers/endpoints/create_answers.hpp"
#include "handlers/input/create_input.hpp"
#include "store/invites.hpp"

#include <chrono>

namespace invited::handlers {

/// What new invites get unless their maker says otherwise.
struct create_policy {
  create_rules rules;
  std::chrono::seconds ttl;
  store::rate limit; ///< of each provider
};

/// POST /generate_invite: makes one invite and answers its link.
class create_invite final : public endpoint {
public:
  /// References outlive the object; all are this core's.
  create_invite(staff_gate& gate, create_answers& answers, store::invites& invites, create_policy policy);
  task<response> handle(request& r) override;

private:
  staff_gate& gate_;
  create_answers& answers_;
  store::invites& invites_;
  create_policy policy_;
};

} // namespace invited::handlers
