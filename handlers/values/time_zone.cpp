#include "handlers/values/time_zone.hpp"

#include "handlers/time/time_zone.hpp"

namespace invited::handlers {

checked<> check_time_zone(std::string_view text) {
  if (text == "UTC" || find_time_zone(text)) return {};
  return flaw{"invalid_time_zone",
              "A time zone must be a name of the tz database such as Europe/Zurich or UTC."};
}

} // namespace invited::handlers
