#pragma once

#include "handlers/http/endpoint.hpp"

namespace invited::handlers {

/// GET /invite/{invite_id}/redeem and /ask: back to the link itself. A browser comes here that was shown a
/// page in answer to a form, and reloads it from its address bar, as a restored tab does.
class return_to_invite final : public endpoint {
public:
  task<response> handle(request& r) override;
};

} // namespace invited::handlers
