#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace invited::handlers {

/// What the configuration says about new invites.
struct create_rules {
  std::chrono::seconds ttl_min;
  std::chrono::seconds ttl_max;
  std::string default_region;            ///< of phone numbers without a country code, ISO 3166-1
  std::function<std::int64_t()> clock{}; ///< seconds since 1970: no patient is born after that
};

} // namespace invited::handlers
