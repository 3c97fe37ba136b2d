#include "server/core/metrics_endpoint.hpp"

#include "server/core/metrics_page.hpp"
#include "server/metrics/exposition.hpp"

namespace invited::server {

task<handlers::response> metrics_endpoint::handle(handlers::request&) {
  handlers::response out{.content_type = exposition::content_type};
  out.body = render_metrics(shared_, door_.routes(), seals_, read_process_stats());
  co_return out;
}

} // namespace invited::server
