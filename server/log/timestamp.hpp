#pragma once

#include "handlers/time/time_text.hpp"

#include <array>
#include <chrono>
#include <string_view>

namespace invited::server {

/// Renders times as RFC 3339 in UTC with milliseconds: `2026-01-31T23:59:59.999Z`. It keeps the text of the
/// last second, because computing a date costs more than the rest of a log line. Not thread-safe; years 0 to
/// 9999.
class timestamp {
public:
  /// Valid until the next call.
  std::string_view operator()(std::chrono::system_clock::time_point at);

private:
  void render_second(std::chrono::sys_seconds second);

  std::array<char, handlers::time_text_size> text_{};
  std::chrono::sys_seconds second_ = std::chrono::sys_seconds::min(); ///< the second that text_ shows
};

} // namespace invited::server
