#include "server/metrics/metrics_endpoint.hpp"

#include "server/metrics/exposition.hpp"
#include "server/metrics/metrics_page.hpp"

namespace invited::server {

task<handlers::response> metrics_endpoint::handle(handlers::request&) {
  handlers::response out{.content_type = exposition::content_type};
  out.body = render_metrics(common_, door_.routes(), seals_, read_process_stats());
  co_return out;
}

} // namespace invited::server
