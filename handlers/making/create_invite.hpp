#pragma once

#include "handlers/auth/staff_endpoint.hpp"
#include "handlers/auth/staff_gate.hpp"
#include "handlers/making/invite_creator.hpp"

#include <string>

namespace invited::handlers {

/// POST /generate_invite: makes one invite and answers with its link.
class create_invite final : public staff_endpoint {
public:
  /// References must outlive the object; all are this core's.
  create_invite(staff_gate& gate, invite_creator& creator, const creation_replies& replies)
      : gate_(gate), creator_(creator), replies_(replies) {}
  task<response> handle(request& r, const principal& who) override;

private:
  bool read(const request& r, create_input& input, std::string& idempotency_key, response& refused) const;

  staff_gate& gate_;
  invite_creator& creator_;
  const creation_replies& replies_;
};

} // namespace invited::handlers
