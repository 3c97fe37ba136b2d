#pragma once

#include "handlers/http/endpoint.hpp"
#include "handlers/tokens/principal.hpp"

namespace invited::handlers {

/// One call of the HTTP API that only staff and portals may make. The front door admits the caller. The
/// endpoint decides what the caller may do with the things that the request names. Otherwise as `endpoint`.
class staff_endpoint {
public:
  virtual ~staff_endpoint() = default;

  /// Both arguments must live until the call is done.
  virtual task<response> handle(request& r, const principal& who) = 0;

  /// Whether the request may send its body (`r` has none yet); otherwise the refusal. For calls that take
  /// large bodies. May set `r.held`.
  virtual step<> admit_early(request& /*r*/, const principal& /*who*/) { return {}; }
};

} // namespace invited::handlers
