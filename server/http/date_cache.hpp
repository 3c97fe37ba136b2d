#pragma once

#include <chrono>
#include <string_view>

namespace invited::server {

/// The Date field's value (IMF-fixdate, RFC 9110 §5.6.7), written anew only when the second has changed. One
/// a core.
class date_cache {
public:
  /// Valid until the next call.
  std::string_view at(std::chrono::system_clock::time_point now);

private:
  std::chrono::sys_seconds second_ = std::chrono::sys_seconds::min();
  char text_[30] = {};
};

} // namespace invited::server
