#include "handlers/pages/assessment_page.hpp"

#include "handlers/assets/asset.hpp"
#include "handlers/pages/files.hpp"
#include "handlers/pages/fill.hpp"
#include "handlers/pages/icons.hpp"
#include "handlers/pages/page.hpp"

namespace invited::handlers {

response assessment_page(const page_language& in) {
  static const html script = whole_file<assets::assessment_script>();
  const auto& words = in.texts->assessment;
  const html main = fill<files::assessment, "main">(
      slot<"sign">(draw(icon::letter)), slot<"heading">(words.accepted.heading),
      slot<"accepted">(words.accepted.text), slot<"no_script">(words.no_script), slot<"ended">(words.ended),
      slot<"away">(words.away), slot<"try_again">(in.texts->problem.try_again),
      slot<"session">(words.session), slot<"patient">(words.patient), slot<"email">(words.email),
      slot<"phone">(words.phone), slot<"until">(words.until), slot<"reference">(words.reference),
      slot<"plug">(words.plug.heading), slot<"plug_address">(words.plug.text),
      slot<"plug_token">(words.plug_token),
      slot<"plug_session">(filled(words.plug_session, slot<"option">(fill<files::assessment, "option">()))),
      slot<"script">(script));
  return whole_page(200, {in}, main, {.session_script = true});
}

} // namespace invited::handlers
