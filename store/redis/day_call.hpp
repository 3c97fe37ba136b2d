#pragma once

#include "store/async/task.hpp"
#include "store/base/errc.hpp"
#include "store/redis/connection.hpp"

#include <cstdint>

namespace invited::store::redis {

/// Keys and arguments of a script that counts on a day, for each day that it may be called for. Such a script
/// is given the day's key and the day's number, and answers {'day', day} where Redis's clock says another
/// day. Then it has written nothing.
class day_call {
public:
  /// Writes the whole call, once. `today` counts days since 1970 UTC.
  virtual void write_to(script_writer& to, std::int64_t today) const = 0;

protected:
  ~day_call() = default;
};

/// Runs the script, again while it answers with another day. `today` is the first guess, and afterwards what
/// Redis said. All arguments must live until the call is done. Errors as of connection::run(), and
/// errc::unexpected if the script wants a third other day: midnight passes once, so a clock is broken.
task<result<reply>> run_on_day(connection& redis, const script& s, const day_call& call, std::int64_t& today);

} // namespace invited::store::redis
