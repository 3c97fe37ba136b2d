#include "handlers/redeeming/patient_json.hpp"

#include "handlers/text/json_writer.hpp"

namespace invited::handlers {

void write_patient(json_writer& to, const store::patient& person) {
  to.open_object();
  to.member("email", person.email);
  to.member("first_name", person.first_name);
  to.member("last_name", person.last_name);
  to.member("phone", person.phone);
  to.member("locale", person.locale);
  to.close_object();
}

} // namespace invited::handlers
