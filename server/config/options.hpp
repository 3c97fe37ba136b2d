#pragma once

#include "server/config/endpoint.hpp"
#include "server/http/client_address.hpp"
#include "server/log/log_level.hpp"

#include "store/redis/durability.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace invited::server {

/// The checked options of `invited serve`, a member for each row of options.def. Plain data: the composition
/// root gives each part only what that part needs. A text or list that nobody gave is empty, but
/// `assessment_url` is then `base_url` + "/assessment". `base_url` has no trailing slash.
struct options {
#define INVITED_OPTION(member, type, ...) type member{};
#include "server/config/options.def"
#undef INVITED_OPTION
};

} // namespace invited::server
