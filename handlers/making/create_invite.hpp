#pragma once

#include "handlers/auth/staff_endpoint.hpp"
#include "handlers/auth/staff_gate.hpp"
#include "handlers/making/invite_maker.hpp"

#include <string>

namespace invited::handlers {

/// POST /generate_invite: makes one invite and answers its link.
class create_invite final : public staff_endpoint {
public:
  /// References outlive the object; all are this core's.
  create_invite(staff_gate& gate, invite_maker& maker, const create_answers& answers)
      : gate_(gate), maker_(maker), answers_(answers) {}
  task<response> handle(request& r, const principal& who) override;

private:
  bool read(const request& r, create_input& input, std::string& once, response& refused) const;

  staff_gate& gate_;
  invite_maker& maker_;
  const create_answers& answers_;
};

} // namespace invited::handlers
