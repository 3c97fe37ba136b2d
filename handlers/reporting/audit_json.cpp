#include "handlers/reporting/audit_json.hpp"

#include "handlers/text/json_writer.hpp"
#include "handlers/time/time_text.hpp"

namespace invited::handlers {
namespace {

/// The system itself has no name. An actor that cannot be opened any more has not even a role.
std::string_view role_of(const store::audit_event& e) {
  if (!e.actor) return {};
  return e.actor->role.empty() ? std::string_view("system") : std::string_view(e.actor->role);
}

} // namespace

void write_event(json_writer& to, const store::audit_event& e) {
  to.open_object();
  to.member("at", time_text(e.at));
  to.member("actor", e.actor ? std::string_view(e.actor->subject) : std::string_view());
  to.member("role", role_of(e));
  to.member("action", name_of(e.action));
  to.member("ref", e.ref ? to_text(*e.ref) : std::string());
  to.member("address", e.actor ? std::string_view(e.actor->address) : std::string_view());
  to.member("outcome", e.outcome.empty() ? std::string_view("ok") : e.outcome);
  to.number_member("count", e.count);
  to.close_object();
}

} // namespace invited::handlers
