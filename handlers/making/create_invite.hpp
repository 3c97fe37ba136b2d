#pragma once

#include "handlers/answers/answer.hpp"
#include "handlers/auth/staff_endpoint.hpp"
#include "handlers/auth/staff_gate.hpp"
#include "handlers/making/create_input.hpp"
#include "handlers/making/creation_replies.hpp"
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
  /// The call as it was read; `input` points into the request's body.
  struct call {
    std::string idempotency_key;
    create_input input;
  };
  step<call> read(const request& r) const;

  staff_gate& gate_;
  invite_creator& creator_;
  const creation_replies& replies_;
};

} // namespace invited::handlers
