#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "store/async/task.hpp"

namespace invited::handlers {

/// One call of the HTTP surface. One object a core, called on that core's thread, any number of calls at a
/// time. May throw: whoever calls it answers 500.
class endpoint {
public:
  virtual ~endpoint() = default;
  virtual task<response> handle(request& r) = 0;
};

} // namespace invited::handlers
