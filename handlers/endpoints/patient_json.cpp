#include "handlers/endpoints/patient_json.hpp"

#include "handlers/http/json_text.hpp"

namespace invited::handlers {
namespace {

void append_member(std::string& out, std::string_view quoted_name, std::string_view value) {
  out += quoted_name;
  if (value.empty()) {
    out += "null";
  } else {
    append_json_string(out, value);
  }
}

} // namespace

void append_patient(std::string& out, const store::patient& person) {
  append_member(out, R"({"email":)", person.email);
  append_member(out, R"(,"first_name":)", person.first_name);
  append_member(out, R"(,"last_name":)", person.last_name);
  append_member(out, R"(,"phone":)", person.phone);
  append_member(out, R"(,"locale":)", person.locale);
  out += '}';
}

} // namespace invited::handlers
