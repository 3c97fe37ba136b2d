#pragma once

#include "handlers/routing/route.hpp"
#include "handlers/service/readiness.hpp"
#include "store/redis/connection.hpp"

#include <string_view>

namespace invited::handlers {

/// What the calls of this room use. All references must outlive the calls and are this core's, except
/// `ready`, which all cores share.
struct service_parts {
  store::redis::connection& redis;
  const readiness& ready;
  std::string_view base_url{}; ///< only for the calls that describe the API
};

/// Adds the health calls. The operators' door has them, too.
void add_health_calls(route_table& to, const service_parts& with);

/// Adds the health calls, and the calls that describe the API.
void add_service_calls(route_table& to, const service_parts& with);

} // namespace invited::handlers
