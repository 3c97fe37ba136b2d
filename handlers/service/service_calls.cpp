#include "handlers/service/service_calls.hpp"

#include "handlers/service/docs.hpp"
#include "handlers/service/health.hpp"
#include "handlers/service/openapi.hpp"

namespace invited::handlers {

void add_health_calls(route_table& to, const service_parts& with) {
  to.add<healthz>({verb::get, "/healthz", for_anyone, no_body});
  to.add<readyz>({verb::get, "/readyz", for_anyone, no_body}, with.redis, with.ready);
}

void add_service_calls(route_table& to, const service_parts& with) {
  add_health_calls(to, with);
  to.add<openapi>({verb::get, "/openapi.json", for_anyone, no_body}, with.base_url);
  to.add<show_docs>({verb::get, "/docs", for_anyone, no_body});
  to.add<docs_file>({verb::get, "/docs/{file}", for_anyone, no_body});
}

} // namespace invited::handlers
