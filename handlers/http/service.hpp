#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "store/async/task.hpp"

#include <cstddef>

namespace invited::handlers {

/// What an HTTP session needs from the application: everything between a parsed request and an answer. One
/// object a core, called on that core's thread only. It must outlive its sessions.
class service {
public:
  virtual ~service() = default;

  /// How many bytes of body the request may have; its route decides. The session answers a longer one with
  /// 413 without reading it.
  virtual std::size_t body_limit(verb method, std::string_view path) const = 0;

  /// Whether a request may send its content, judged by its head alone; otherwise the refusal. The session
  /// asks this before it reads much content, so that strangers cannot fill the memory. `r` has no body yet.
  /// Never throws.
  virtual step<> admit_early(request& r) = 0;

  /// Answers a request. Never throws: a fault becomes a 500 problem. `r` must outlive the call.
  virtual task<response> serve(request& r) = 0;

  /// How many lines its table of calls has. response::call is less than this, or response::unrouted.
  virtual std::size_t calls() const { return 0; }

  /// The answer to a request that HTTP itself forbids (400, 408, 413, 431, 501, ...), or for which there is
  /// no room (503). Of `r` there is what came before the refusal: perhaps not all fields, and never a body.
  virtual response refuse(const problem& p, const request& r) = 0;
};

} // namespace invited::handlers
