#pragma once

#include "handlers/http/endpoint.hpp"

namespace invited::handlers {

/// GET /assessment: where a redeemed invite leads as long as no other assessment is configured.
class assessment final : public endpoint {
public:
  task<response> handle(request& r) override;
};

} // namespace invited::handlers
