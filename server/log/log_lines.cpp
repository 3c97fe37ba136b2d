#include "server/log/log_lines.hpp"
#include "server/http/text_writer.hpp"
#include "server/log/json_text.hpp"

#include "handlers/text/coarse_address.hpp"
#include "handlers/text/number_text.hpp"

#include <algorithm>
#include <array>

namespace invited::server {

namespace {

using handlers::append_number;

/// All texts of a record.
constexpr std::array texts{&access_record::request_id, &access_record::trace_id, &access_record::span_id,
                           &access_record::parent_id,  &access_record::method,   &access_record::route,
                           &access_record::provider,   &access_record::ref};

bool is_plain(const access_record& record) {
  return std::ranges::all_of(texts, [&record](auto text) { return is_plain_json(record.*text); });
}

/// `record` with escaped texts, which `memory` holds.
access_record escape(access_record record, std::array<std::string, texts.size()>& memory) {
  for (std::size_t i = 0; i < texts.size(); ++i) {
    append_json_string(memory[i], record.*texts[i]);
    record.*texts[i] = std::string_view{memory[i]}.substr(1, memory[i].size() - 2);
  }
  return record;
}

std::size_t size_of_texts(const access_record& record) {
  std::size_t size = 0;
  for (const auto text : texts) size += (record.*text).size();
  return size;
}

void append_start(auto& out, std::string_view time, log_level level) {
  out += R"({"time":")";
  out += time;
  out += R"(","level":")";
  out += to_string(level);
  out += R"(","event":)";
}

void append_text_or_null(text_writer& out, std::string_view text) {
  if (text.empty()) {
    out += "null";
  } else {
    out += "\"";
    out += text;
    out += "\"";
  }
}

/// Every text of it is plain.
void append_plain_line(std::string& to, std::string_view time, const access_record& record) {
  constexpr std::size_t around_texts = 300; // the address comes after it
  {
    text_writer out(to, around_texts + size_of_texts(record));
    append_start(out, time, level_of(record));
    out += R"("request","request_id":)";
    append_text_or_null(out, record.request_id);
    out += R"(,"trace_id":)";
    append_text_or_null(out, record.trace_id);
    out += R"(,"span_id":)";
    append_text_or_null(out, record.span_id);
    out += R"(,"parent_id":)";
    append_text_or_null(out, record.parent_id);
    out += R"(,"method":)";
    append_text_or_null(out, record.method);
    out += R"(,"route":)";
    append_text_or_null(out, record.route);
    out += R"(,"status":)";
    out += record.status;
    out += R"(,"duration_us":)";
    out += record.duration.count();
    out += R"(,"provider":)";
    append_text_or_null(out, record.provider);
    out += R"(,"ref":)";
    append_text_or_null(out, record.ref);
    out += R"(,"address":")";
  }
  if (record.patient)
    handlers::append_coarse_address(to, record.client);
  else
    handlers::append_address(to, record.client);
  to += "\"}\n";
}

} // namespace

void append_request_line(std::string& out, std::string_view time, const access_record& record) {
  if (is_plain(record)) return append_plain_line(out, time, record);
  std::array<std::string, texts.size()> memory;
  append_plain_line(out, time, escape(record, memory));
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
