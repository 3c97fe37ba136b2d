#include "server/log/event_log.hpp"
#include "server/log/log_lines.hpp"
#include "server/log/timestamp.hpp"

#include <utility>

namespace invited::server {

event_log::event_log(log_sink& sink, log_level least, log_clock now)
    : sink_{sink}, least_{least}, now_{std::move(now)} {}

void event_log::event(log_level level, std::string_view name, log_fields fields) const {
  if (level < least_) return;
  timestamp time; // not a member: it is not thread-safe
  std::string line;
  append_event_line(line, time(now_()), level, name, fields);
  sink_.write(std::move(line));
}

} // namespace invited::server
