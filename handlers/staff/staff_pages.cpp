#include "handlers/staff/staff_pages.hpp"

#include "handlers/service/serve_asset.hpp"

namespace invited::handlers {

task<response> staff_page::handle(request& r) {
  response out = serve_asset(shell_, r);
  // blob: is for the QR codes, which come through the API.
  out.add(
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
      "base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
  co_return out;
}

task<response> page_file::handle(request& r) {
  co_return files_.serve(r);
}

} // namespace invited::handlers
