#include "handlers/service/openapi.hpp"

#include "handlers/service/serve_asset.hpp"

namespace invited::handlers {

task<response> openapi::handle(request& r) {
  co_return serve_asset(assets::openapi_document, r);
}

} // namespace invited::handlers
