#pragma once

#include "store/base/tally.hpp"

namespace invited::store::redis {

/// What has passed over one connection since the start.
struct traffic {
  tally calls;       ///< sent or waiting to be sent
  tally batches;     ///< writes that carried them
  tally unavailable; ///< calls not sent: no connection, or too many wait
  tally unanswered;  ///< calls whose answer was lost: they may have happened
  tally refused;     ///< calls that Redis answered with an error
  tally connects;    ///< how often it became ready
  tally losses;      ///< connections that broke, and attempts that failed
};

} // namespace invited::store::redis
