#pragma once

#include "handlers/http/endpoint.hpp"

namespace invited::handlers {

/// GET /assessment: the page to which a redeemed invite leads if no other assessment is configured.
class assessment final : public endpoint {
public:
  task<response> handle(request& r) override;
};

} // namespace invited::handlers
