#include "handlers/reporting/audit_json.hpp"

#include "handlers/text/json_text.hpp"
#include "handlers/text/number_text.hpp"
#include "handlers/time/time_text.hpp"

namespace invited::handlers {
namespace {

/// The system itself has no name. An actor that cannot be opened any more has not even a role.
std::string_view role_of(const store::audit_event& e) {
  if (!e.actor) return {};
  return e.actor->role.empty() ? std::string_view("system") : std::string_view(e.actor->role);
}

} // namespace

void append_event(std::string& out, const store::audit_event& e) {
  out += R"({"at":")";
  append_time(out, e.at);
  out += '"';
  append_json_member(out, R"(,"actor":)", e.actor ? std::string_view(e.actor->subject) : std::string_view());
  append_json_member(out, R"(,"role":)", role_of(e));
  append_json_member(out, R"(,"action":)", name_of(e.action));
  append_json_member(out, R"(,"ref":)", e.ref ? to_text(*e.ref) : std::string());
  append_json_member(out, R"(,"address":)",
                     e.actor ? std::string_view(e.actor->address) : std::string_view());
  append_json_member(out, R"(,"outcome":)", e.outcome.empty() ? std::string_view("ok") : e.outcome);
  out += R"(,"count":)";
  append_number(out, e.count);
  out += '}';
}

} // namespace invited::handlers
