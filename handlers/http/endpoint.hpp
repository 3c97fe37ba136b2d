#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "store/async/task.hpp"

#include <functional>
#include <string_view>

namespace invited::handlers {

/// Called with what a call threw and with its route. It must not throw.
using fault_observer = std::function<void(std::string_view route, std::string_view what)>;

/// One call of the HTTP API that anybody may make. One object a core, called on that core's thread, with any
/// number of calls at a time. It may throw: the caller then answers 500.
class endpoint {
public:
  virtual ~endpoint() = default;
  virtual task<response> handle(request& r) = 0;
};

} // namespace invited::handlers
