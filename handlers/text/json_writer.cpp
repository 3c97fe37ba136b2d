#include "handlers/text/json_writer.hpp"

namespace invited::handlers {

void json_writer::member(std::string_view name, std::string_view value) {
  if (value.empty()) return null_member(name);
  put(name);
  put(value);
}

void json_writer::member(std::string_view name, std::optional<std::int64_t> value) {
  if (!value) return null_member(name);
  put(name);
  writer_.Int64(*value);
}

void json_writer::null_member(std::string_view name) {
  put(name);
  writer_.Null();
}

void json_writer::number_member(std::string_view name, std::string_view digits) {
  put(name);
  writer_.RawValue(digits.data(), digits.size(), rapidjson::kNumberType);
}

// Not by String(), because RapidJSON does not escape "<" and DEL, and the other writers of this project do.
void json_writer::put(std::string_view text) {
  std::string quoted;
  append_json_string(quoted, text);
  writer_.RawValue(quoted.data(), quoted.size(), rapidjson::kStringType);
}

} // namespace invited::handlers
