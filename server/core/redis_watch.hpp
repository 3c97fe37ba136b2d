#pragma once

#include "handlers/service/readiness.hpp"
#include "server/log/log_buffer.hpp"
#include "store/redis/connection.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace invited::server {

/// Logs what happens to one of a core's Redis connections (changes, not every attempt), and notices when
/// Redis has no memory left.
class redis_watch final : public store::redis::connection_observer {
public:
  /// Which connection it is. The server is ready as soon as it has the main one.
  enum class connection { main, reads };

  /// The references must outlive the object. `on_judged` is called with whether Redis has the required
  /// configuration.
  redis_watch(log_buffer& log, connection which, handlers::readiness& ready,
              std::function<void(bool fit)> on_judged);

  void connected(const store::redis::durability_report& report) override;
  void lost(boost::system::error_code why, std::string_view detail) override;
  void unfit(const store::redis::durability_report& report) override;
  void refused(std::string_view code) override;

  /// Whether the connection may be used. May be read on any thread.
  const std::atomic<bool>& up() const { return up_; }

private:
  enum class state { unknown, up, away, unfit };

  void become(state next);
  std::string_view name() const { return which_ == connection::main ? "main" : "reads"; }

  log_buffer& log_;
  const connection which_;
  handlers::readiness& ready_;
  std::function<void(bool fit)> on_judged_;
  state state_ = state::unknown;
  std::atomic<bool> up_{false};
  std::string last_warnings_;
  std::string last_refusal_;
  std::chrono::steady_clock::time_point refused_at_{};
};

} // namespace invited::server
