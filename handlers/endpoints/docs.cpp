#include "handlers/endpoints/docs.hpp"

#include "handlers/answer.hpp"
#include "handlers/assets/serve_asset.hpp"
#include "handlers/input/accept.hpp"

#include <algorithm>

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
  const auto files = assets::docs_files();
  const auto found = std::ranges::find(files, r.param, &assets::docs_file::name);
  if (found == files.end()) {
    co_return answer({.status = 404, .code = "not_found", .detail = "There is no such file."}, r);
  }
  if (!takes_gzip(r[field::accept_encoding])) {
    response refused = answer({.status = 406,
                               .code = "not_acceptable",
                               .detail = "This file is kept compressed: let Accept-Encoding allow gzip."},
                              r);
    refused.add("Vary", "Accept-Encoding");
    co_return refused;
  }
  response out = serve_asset(found->packed, r);
  out.add("Content-Encoding", "gzip");
  out.add("Vary", "Accept-Encoding");
  co_return out;
}

} // namespace invited::handlers
