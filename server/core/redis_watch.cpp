#include "server/core/redis_watch.hpp"

namespace invited::server {

redis_watch::redis_watch(log_buffer& log, connection which, handlers::readiness& ready,
                         std::function<void(bool fit)> on_judged)
    : log_(log), which_(which), ready_(ready), on_judged_(std::move(on_judged)) {}

void redis_watch::become(state next) {
  if (which_ == connection::main) {
    if (next == state::up && state_ != state::up) ++ready_.connected;
    if (next != state::up && state_ == state::up) --ready_.connected;
  }
  state_ = next;
  up_.store(next == state::up, std::memory_order_relaxed);
}

void redis_watch::connected(const store::redis::durability_report& report) {
  log_.event(log_level::info, "redis_connected", {{"connection", name()}});
  if (std::string warnings = to_string(report.warnings); warnings != last_warnings_) {
    if (!warnings.empty()) log_.event(log_level::warning, "redis_settings", {{"detail", warnings}});
    last_warnings_ = std::move(warnings);
  }
  become(state::up);
  on_judged_(true);
}

void redis_watch::lost(boost::system::error_code why, std::string_view detail) {
  if (state_ != state::away) {
    log_.event(log_level::warning, "redis_lost",
               {{"connection", name()}, {"error", why.message()}, {"detail", detail}});
  }
  become(state::away);
}

void redis_watch::unfit(const store::redis::durability_report& report) {
  if (state_ != state::unfit) {
    log_.event(log_level::error, "redis_unfit", {{"detail", to_string(report.violations)}});
  }
  become(state::unfit);
  on_judged_(false);
}

void redis_watch::refused(std::string_view code) {
  if (code == "OOM") {
    ++ready_.out_of_memory_refusals;
    ready_.out_of_memory = true; // until room_watch finds that there is memory again
  }
  // Hundreds of calls a second may be refused for one reason, so this logs only some; /metrics counts them.
  const auto now = std::chrono::steady_clock::now();
  if (code == last_refusal_ && now - refused_at_ < std::chrono::seconds(10)) return;
  last_refusal_ = code;
  refused_at_ = now;
  log_.event(log_level::error, "redis_refused", {{"connection", name()}, {"code", code}});
}

} // namespace invited::server
