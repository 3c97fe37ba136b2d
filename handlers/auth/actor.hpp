#pragma once

#include "handlers/http/request.hpp"
#include "handlers/tokens/principal.hpp"
#include "store/audit/audit_event.hpp"

#include <string>

namespace invited::handlers {

/// The actor of a request, as the audit keeps it. Points into the principal, which must outlive it.
class actor {
public:
  /// Staff: with a name and the whole address.
  actor(const principal& who, const request& r);

  /// A patient, or whoever holds a link: only with a coarse address.
  explicit actor(const request& r);

  operator store::audit_actor() const { return {role_, subject_, address_}; }

private:
  std::string_view role_;
  std::string_view subject_;
  std::string address_;
};

} // namespace invited::handlers
