#pragma once

#include "handlers/http/endpoint.hpp"

#include <string>
#include <string_view>

namespace invited::handlers {

/// GET /openapi.json: the description of all calls (OpenAPI 3.1), put together from handlers/openapi. Its
/// `servers` has the path of base_url, if there is one, so that clients made of it call the right paths.
class openapi final : public endpoint {
public:
  explicit openapi(std::string_view base_url);
  task<response> handle(request& r) override;

private:
  std::string document_;
  std::string etag_;
};

} // namespace invited::handlers
