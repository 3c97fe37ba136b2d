#pragma once

#include "handlers/http/endpoint.hpp"
#include "handlers/tokens/principal.hpp"

namespace invited::handlers {

/// One call of the HTTP surface that only staff and portals may make. The front door admits the caller; what
/// the caller may do with what the request names, the endpoint judges. Otherwise as `endpoint`.
class staff_endpoint {
public:
  virtual ~staff_endpoint() = default;

  /// Both live until it is done.
  virtual task<response> handle(request& r, const principal& who) = 0;

  /// Whether a request is refused, with the answer in `refused`, before its body is read (`r` has none yet).
  /// For calls that take large bodies. May set `r.held`.
  virtual bool refuse_early(request& /*r*/, const principal& /*who*/, response& /*refused*/) { return false; }
};

} // namespace invited::handlers
