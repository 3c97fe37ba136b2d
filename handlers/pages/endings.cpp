#include "handlers/pages/endings.hpp"

#include "handlers/pages/files.hpp"
#include "handlers/pages/fill.hpp"
#include "handlers/pages/page.hpp"

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

html ended_main(const shown_ending& end, std::string_view links, const page_language& in) {
  return fill<files::ended, "main">(slot<"sign">(draw(end.sign)), slot<"heading">(end.says.heading),
                                    slot<"text">(end.says.text),
                                    slot<"action">(form_action(links, "ask", in)), slot<"ask">(in.texts->ask),
                                    slot<"ask_note">(in.texts->ask_note));
}

} // namespace invited::handlers
