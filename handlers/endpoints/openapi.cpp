#include "handlers/endpoints/openapi.hpp"

#include "handlers/assets/serve_asset.hpp"

namespace invited::handlers {

task<response> openapi::handle(request& r) {
  co_return serve_asset(assets::openapi_document, r);
}

} // namespace invited::handlers
