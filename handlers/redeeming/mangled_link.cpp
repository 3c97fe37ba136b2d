#include "handlers/redeeming/mangled_link.hpp"

#include "handlers/text/charset.hpp"
#include "store/keys/invite_id.hpp"

namespace invited::handlers {

std::optional<std::string_view> id_before_junk(std::string_view segment) {
  constexpr charset alphanumeric("0-9A-Za-z");
  const std::string_view id = segment.substr(0, store::id_text_size);
  const std::string_view junk = segment.substr(id.size());
  if (junk.empty() || alphanumeric.holds(junk.front()) || !store::parse_invite_id(id)) return std::nullopt;
  return id;
}

} // namespace invited::handlers
