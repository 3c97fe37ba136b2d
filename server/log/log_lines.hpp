#pragma once

#include "server/http/access_log.hpp"
#include "server/log/log_field.hpp"
#include "server/log/log_level.hpp"

#include <string>
#include <string_view>

// What a line looks like: one JSON object, `\n` behind it. `time` is already RFC 3339.
namespace invited::server {

/// `error` for what the server could not do (5xx), else `info`.
constexpr log_level level_of(const access_record& record) {
  return record.status >= 500 ? log_level::error : log_level::info;
}

/// {"time","level","event":"request","request_id","method","route","status","duration_us","provider","ref","address"}
void append_request_line(std::string& out, std::string_view time, const access_record& record);

/// {"time","level","event":name, and the fields}
void append_event_line(std::string& out, std::string_view time, log_level level, std::string_view name,
                       log_fields fields);

} // namespace invited::server
