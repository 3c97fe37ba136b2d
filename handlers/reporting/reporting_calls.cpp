#include "handlers/reporting/reporting_calls.hpp"

#include "handlers/reporting/read_audit.hpp"
#include "handlers/reporting/show_analytics.hpp"

namespace invited::handlers {

void add_reporting_calls(route_table& to, const reporting_parts& with) {
  to.add<show_analytics>({verb::get, "/analytics", for_staff, no_body}, with.gate, with.counts, with.clock);
  to.add<read_audit>({verb::get, "/audit", for_people, no_body}, with.gate, with.audit);
}

} // namespace invited::handlers
