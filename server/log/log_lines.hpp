#pragma once

#include "server/http/access_log.hpp"
#include "server/log/log_field.hpp"
#include "server/log/log_level.hpp"

#include <string>
#include <string_view>

// The form of a line: one JSON object, then `\n`. `time` is RFC 3339 already. Lines are written by hand,
// because every request writes one, and their texts may be no UTF-8, which handlers::json_writer demands.
namespace invited::server {

/// `error` if the server failed (5xx), otherwise `info`.
constexpr log_level level_of(const access_record& record) {
  return record.status >= 500 ? log_level::error : log_level::info;
}

/// {"time","level","event":"request","request_id","trace_id","span_id","parent_id","method","route","status",
/// "duration_us","provider","ref","address"}
void append_request_line(std::string& out, std::string_view time, const access_record& record);

/// {"time","level","event":name, and the fields}
void append_event_line(std::string& out, std::string_view time, log_level level, std::string_view name,
                       log_fields fields);

} // namespace invited::server
