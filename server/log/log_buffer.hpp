#pragma once

#include "server/http/access_log.hpp"
#include "server/log/log_field.hpp"
#include "server/log/log_level.hpp"
#include "server/log/log_sink.hpp"
#include "server/log/timestamp.hpp"
#include "store/async/turn.hpp"

#include <string>
#include <string_view>

namespace invited::server {

/// A core's log. It renders lines on the core, and passes all lines of one turn of the event loop to the sink
/// at once, so that no request takes a lock. Used on the core's thread only. The destructor passes on what is
/// left. `end_of_turn` and `sink` must outlive it.
class log_buffer final : public access_log, private turn::job {
public:
  /// Lines below `least` are not made. With `warning` only requests that failed in the server (5xx) are
  /// logged.
  log_buffer(turn& end_of_turn, log_sink& sink, log_level least, log_clock now);
  ~log_buffer() override;
  log_buffer(const log_buffer&) = delete;
  log_buffer& operator=(const log_buffer&) = delete;

  void write(const access_record& record) override;

  /// `buffer.event(log_level::warning, "redis_lost", {{"detail", "connection refused"}, {"attempt", 3}})`
  void event(log_level level, std::string_view name, log_fields fields = {});

private:
  void added();
  void hand_over();
  void at_end_of_turn() override { hand_over(); }

  turn& turn_;
  log_sink& sink_;
  const log_level least_;
  const log_clock now_;
  timestamp time_;
  std::string batch_;
};

} // namespace invited::server
