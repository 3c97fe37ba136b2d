#include "handlers/pages/endings.hpp"

namespace invited::handlers {

std::optional<shown_ending> ending_named(std::string_view name, const page_texts& texts) {
  const auto& ends = texts.ends;
  if (name == "redeemed" || name == "already_redeemed") return shown_ending{icon::tick, ends.used};
  if (name == "revoked") return shown_ending{icon::notice, ends.revoked};
  if (name == "replaced") return shown_ending{icon::letter, ends.replaced};
  if (name == "expired") return shown_ending{icon::clock, ends.expired};
  if (name == "lost") return shown_ending{icon::notice, ends.lost};
  if (name == "locked") return shown_ending{icon::lock, ends.locked};
  return {};
}

} // namespace invited::handlers
