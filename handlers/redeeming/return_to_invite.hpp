#pragma once

#include "handlers/http/endpoint.hpp"

namespace invited::handlers {

/// GET /invite/{invite_id}/redeem and /ask: redirects to the link itself. A browser that got a page in answer
/// to a form comes here when it loads the page again from its address bar, as a restored tab does. Also
/// GET /invite/{invite_id}/, as some write addresses.
class return_to_invite final : public endpoint {
public:
  task<response> handle(request& r) override;
};

} // namespace invited::handlers
