#include "handlers/answers/store_problem.hpp"

#include "handlers/answers/answer.hpp"
#include "store/base/errc.hpp"

#include <boost/system/system_error.hpp>

namespace invited::handlers {

problem store_problem(boost::system::error_code why) {
  using store::errc;
  if (why == errc::unavailable || why == errc::refused) {
    return {.status = 503,
            .code = "store_unavailable",
            .detail = "The store is not available. Nothing has happened; try again."};
  }
  if (why == errc::busy) return busy();
  if (why == errc::unanswered) {
    return {.status = 503,
            .code = "store_unavailable",
            .detail = "The store did not answer in time: this may or may not have happened. "
                      "Try again with the same idempotency or redeem key."};
  }
  if (why == errc::key_unavailable) {
    return {.status = 503,
            .code = "key_unavailable",
            .detail =
                "This server does not hold the key that this invite is sealed under. Nothing has happened."};
  }
  // A broken record or contract: the front door notes it and answers 500.
  throw boost::system::system_error(why);
}

problem no_such_invite() {
  return {.status = 404, .code = "not_found", .detail = "There is no such invite."};
}

} // namespace invited::handlers
