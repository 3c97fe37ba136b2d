#include "handlers/values/managed_ref.hpp"

namespace invited::handlers {

std::optional<store::invite_ref> parse_managed(std::string_view text) {
  if (const std::optional<store::invite_ref> ref = store::parse_invite_ref(text)) return ref;
  if (const std::optional<store::invite_id> id = store::parse_invite_id(text)) return store::ref_of(*id);
  return {};
}

} // namespace invited::handlers
