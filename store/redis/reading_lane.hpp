#pragma once

#include "store/async/gate.hpp"
#include "store/redis/connection.hpp"

namespace invited::store {

/// Where reads go that cost Redis milliseconds (analytics, the audit, a list that has to be searched): a
/// connection of their own, and a few at a time. Redis serves its connections in turns, so that creating,
/// redeeming and signing in wait for the one that runs, and never for all that are queued. Both outlive
/// whoever has it, and are its core's. Whoever is refused by the gate gives errc::busy.
struct reading_lane {
  redis::connection& redis;
  gate& places;
};

} // namespace invited::store
