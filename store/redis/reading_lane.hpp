#pragma once

#include "store/async/gate.hpp"
#include "store/redis/connection.hpp"

namespace invited::store {

/// The lane of reads that cost Redis milliseconds (analytics, the audit, searching a list). They have a
/// connection of their own, and only a few run at a time. Redis serves its connections in turns, so creating,
/// redeeming and signing in wait for the one read that runs, and never for all that are queued. Both members
/// belong to the core, and must outlive the users of the lane. A read that the gate refuses fails with
/// errc::busy.
struct reading_lane {
  redis::connection& redis;
  gate& places;
};

} // namespace invited::store
