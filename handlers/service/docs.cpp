#include "handlers/service/docs.hpp"

#include "handlers/service/serve_asset.hpp"

namespace invited::handlers {

task<response> show_docs::handle(request& r) {
  response out = serve_asset(assets::docs_page, r);
  out.add(
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
      "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  co_return out;
}

task<response> docs_file::handle(request& r) {
  co_return files_.serve(r);
}

} // namespace invited::handlers
