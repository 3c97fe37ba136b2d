#pragma once

#include "handlers/http/endpoint.hpp"

namespace invited::handlers {

/// GET /openapi.json: the description of all calls (OpenAPI 3.1), put together from handlers/openapi.
class openapi final : public endpoint {
public:
  task<response> handle(request& r) override;
};

} // namespace invited::handlers
