#pragma once

#include "handlers/http/problem.hpp"

#include <boost/system/error_code.hpp>

namespace invited::handlers {

/// The one table from what the store could not do to what the caller is told. A store that does not answer is
/// 503, never 404.
/// Throws boost::system::system_error for what must not happen (errc::corrupt, errc::unexpected): the front
/// door notes it and answers 500.
problem store_problem(boost::system::error_code why);

/// 404 `not_found`: the same for one that there is not, one of another provider, and text that names none.
problem no_such_invite();

} // namespace invited::handlers
