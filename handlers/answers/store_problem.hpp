#pragma once

#include "handlers/http/problem.hpp"

#include <boost/system/error_code.hpp>

namespace invited::handlers {

/// The problem that a caller gets for an error of the store. If the store does not answer, that is a 503 and
/// never a 404. Throws boost::system::system_error for errors that must not happen (errc::corrupt,
/// errc::unexpected): the front door notes it and answers 500.
problem store_problem(boost::system::error_code why);

/// 404 `not_found`. It is the same for an invite that does not exist, for one of another provider, and for a
/// text that cannot name one.
problem no_such_invite();

} // namespace invited::handlers
