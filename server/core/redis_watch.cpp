#include "server/core/redis_watch.hpp"

namespace invited::server {

redis_watch::redis_watch(log_buffer& log, std::function<void(bool fit)> on_judged)
    : log_(log), on_judged_(std::move(on_judged)) {}

void redis_watch::connected(const store::redis::durability_report& report) {
  log_.event(log_level::info, "redis_connected");
  if (state_ == state::unknown && !report.warnings.empty()) {
    log_.event(log_level::warning, "redis_settings", {{"detail", to_string(report.warnings)}});
  }
  state_ = state::up;
  on_judged_(true);
}

void redis_watch::lost(boost::system::error_code why, std::string_view detail) {
  if (state_ != state::away) {
    log_.event(log_level::warning, "redis_lost", {{"error", why.message()}, {"detail", detail}});
  }
  state_ = state::away;
}

void redis_watch::unfit(const store::redis::durability_report& report) {
  if (state_ != state::unfit) {
    log_.event(log_level::error, "redis_unfit", {{"detail", to_string(report.violations)}});
  }
  state_ = state::unfit;
  on_judged_(false);
}

void redis_watch::refused(std::string_view code) {
  log_.event(log_level::error, "redis_refused", {{"code", code}});
}

} // namespace invited::server
