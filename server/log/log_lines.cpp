#include "server/log/log_lines.hpp"
#include "server/log/json_text.hpp"

#include "handlers/http/coarse_address.hpp"
#include "handlers/http/number_text.hpp"

namespace invited::server {

namespace {

using handlers::append_number;

void append_text_or_null(std::string& out, std::string_view text) {
  if (text.empty())
    out += "null";
  else
    append_json_string(out, text);
}

void append_start(std::string& out, std::string_view time, log_level level) {
  out += R"({"time":")";
  out += time;
  out += R"(","level":")";
  out += to_string(level);
  out += R"(","event":)";
}

} // namespace

void append_request_line(std::string& out, std::string_view time, const access_record& record) {
  append_start(out, time, level_of(record));
  out += R"("request","request_id":)";
  append_text_or_null(out, record.request_id);
  out += R"(,"method":)";
  append_text_or_null(out, record.method);
  out += R"(,"route":)";
  append_text_or_null(out, record.route);
  out += R"(,"status":)";
  append_number(out, record.status);
  out += R"(,"duration_us":)";
  append_number(out, record.duration.count());
  out += R"(,"provider":)";
  append_text_or_null(out, record.provider);
  out += R"(,"ref":)";
  append_text_or_null(out, record.ref);
  out += R"(,"address":")";
  if (record.patient)
    handlers::append_coarse_address(out, record.client);
  else
    handlers::append_address(out, record.client);
  out += "\"}\n";
}

void append_event_line(std::string& out, std::string_view time, log_level level, std::string_view name,
                       log_fields fields) {
  append_start(out, time, level);
  append_json_string(out, name);
  for (const auto& field : fields) {
    out += ',';
    append_json_string(out, field.name);
    out += ':';
    const auto append = [&out](const auto& value) {
      using type = std::decay_t<decltype(value)>;
      if constexpr (std::is_same_v<type, std::string_view>)
        append_json_string(out, value);
      else if constexpr (std::is_same_v<type, bool>)
        out += value ? "true" : "false";
      else
        append_number(out, value);
    };
    std::visit(append, field.value.get());
  }
  out += "}\n";
}

} // namespace invited::server
