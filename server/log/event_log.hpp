#pragma once

#include "server/log/log_field.hpp"
#include "server/log/log_level.hpp"
#include "server/log/log_sink.hpp"

#include <string_view>

namespace invited::server {

/// Logs events that belong to no core (start, signals, key reload), or that happen outside of the core's
/// thread. Any thread may use it. It takes the sink's lock for each line, so it is not for events of every
/// request. The sink must outlive it.
class event_log {
public:
  event_log(log_sink& sink, log_level least, log_clock now);

  /// `log.event(log_level::warning, "redis_lost", {{"detail", "connection refused"}})`
  void event(log_level level, std::string_view name, log_fields fields = {}) const;

private:
  log_sink& sink_;
  const log_level least_;
  const log_clock now_;
};

} // namespace invited::server
