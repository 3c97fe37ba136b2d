#pragma once

#include "server/log/log_buffer.hpp"
#include "server/net/connection_budget.hpp"

#include <array>
#include <chrono>
#include <cstdint>

namespace invited::server {

/// Logs that clients are turned away at one core's door: once a minute for each reason, however many there
/// are. /metrics counts them. Used on its core's thread.
class door_watch {
public:
  /// `log` must outlive the object.
  explicit door_watch(log_buffer& log) : log_(log) {}

  void turned_away(room why, const boost::asio::ip::address& peer);

private:
  static constexpr std::chrono::minutes period{1};

  struct line {
    std::chrono::steady_clock::time_point next{}; ///< until then they are only counted
    std::uint64_t clients = 0;                    ///< since the last line
  };

  log_buffer& log_;
  std::array<line, 2> lines_{};
};

} // namespace invited::server
