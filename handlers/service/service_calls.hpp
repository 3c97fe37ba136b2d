#pragma once

#include "handlers/routing/route.hpp"
#include "handlers/service/readiness.hpp"
#include "store/redis/connection.hpp"

namespace invited::handlers {

/// What the calls of this room work with. All references outlive the calls and are this core's;
/// `ready` is shared by all cores.
struct service_parts {
  store::redis::connection& redis;
  const readiness& ready;
};

/// Adds whether the process runs, and whether it can serve: for the operators' door, too.
void add_health_calls(route_table& to, const service_parts& with);

/// Adds these, and what describes the API.
void add_service_calls(route_table& to, const service_parts& with);

} // namespace invited::handlers
