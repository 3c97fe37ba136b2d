#include "handlers/auth/actor.hpp"

#include "handlers/text/coarse_address.hpp"

namespace invited::handlers {

actor::actor(const principal& who, const request& r) : role_(name_of(who.role)), subject_(who.subject) {
  append_address(address_, r.client);
}

actor::actor(const request& r) : role_("patient") {
  append_coarse_address(address_, r.client);
}

} // namespace invited::handlers
