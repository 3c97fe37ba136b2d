#include "server/log/log_buffer.hpp"
#include "server/log/log_lines.hpp"

#include <utility>

namespace invited::server {

namespace {

// A turn with a thousand pipelined requests hands lines over before its end.
constexpr std::size_t large_batch = 65536;

} // namespace

log_buffer::log_buffer(turn& end_of_turn, log_sink& sink, log_level least, log_clock now)
    : turn_{end_of_turn}, sink_{sink}, least_{least}, now_{std::move(now)} {}

log_buffer::~log_buffer() {
  hand_over();
}

void log_buffer::write(const access_record& record) {
  if (level_of(record) < least_) return;
  append_request_line(batch_, time_(record.at), record);
  added();
}

void log_buffer::event(log_level level, std::string_view name, log_fields fields) {
  if (level < least_) return;
  append_event_line(batch_, time_(now_()), level, name, fields);
  added();
}

void log_buffer::added() {
  if (batch_.size() >= large_batch) hand_over();
  if (!batch_.empty()) turn_.ask(*this);
}

void log_buffer::hand_over() {
  if (!batch_.empty()) sink_.write(std::exchange(batch_, {}));
}

} // namespace invited::server
