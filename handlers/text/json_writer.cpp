#include "handlers/text/json_writer.hpp"

namespace invited::handlers {

void json_writer::member(std::string_view name, std::string_view text) {
  if (text.empty()) return null_member(name);
  text_member(name, text);
}

void json_writer::member(std::string_view name, std::optional<std::int64_t> value) {
  if (!value) return null_member(name);
  writer_.put_string(name);
  writer_.Int64(*value);
}

void json_writer::member(std::string_view name, const text_members& texts) {
  writer_.put_string(name);
  open_object();
  for (const auto& [inner, text] : texts) member(inner, text);
  close_object();
}

void json_writer::null_member(std::string_view name) {
  writer_.put_string(name);
  writer_.Null();
}

void json_writer::text_member(std::string_view name, std::string_view text) {
  writer_.put_string(name);
  writer_.put_string(text);
}

void json_writer::number_member(std::string_view name, std::string_view digits) {
  writer_.put_string(name);
  writer_.put_number(digits);
}

} // namespace invited::handlers
