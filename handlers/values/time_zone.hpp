#pragma once

#include "handlers/values/values.hpp"

#include <optional>
#include <string_view>

namespace invited::handlers {

/// A name in the system's tz database (/usr/share/zoneinfo): Europe/Zurich, UTC. Without a database UTC is
/// the only one. It reads the disk, so it is not for the hot path.
checked<> check_time_zone(std::string_view text);

} // namespace invited::handlers
