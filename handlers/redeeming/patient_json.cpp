#include "handlers/redeeming/patient_json.hpp"

#include "handlers/text/json_text.hpp"

namespace invited::handlers {
void append_patient(std::string& out, const store::patient& person) {
  append_json_member(out, R"({"email":)", person.email);
  append_json_member(out, R"(,"first_name":)", person.first_name);
  append_json_member(out, R"(,"last_name":)", person.last_name);
  append_json_member(out, R"(,"phone":)", person.phone);
  append_json_member(out, R"(,"locale":)", person.locale);
  out += '}';
}

} // namespace invited::handlers
