#include "handlers/providers/providers_calls.hpp"

#include "handlers/providers/providers.hpp"

namespace invited::handlers {

void add_providers_calls(route_table& to, const providers_parts& with) {
  to.add<list_providers>({verb::get, "/providers", for_staff, no_body}, with.gate, with.known);
  to.add<read_provider>({verb::get, "/providers/{provider_id}", for_staff, no_body}, with.gate, with.known);
  to.add<set_provider>({verb::put, "/providers/{provider_id}", for_admins, small_body}, with.known,
                       with.seals, with.rules);
}

} // namespace invited::handlers
