#include "handlers/pages/asked_page.hpp"

#include "handlers/pages/files.hpp"
#include "handlers/pages/fill.hpp"
#include "handlers/pages/icons.hpp"
#include "handlers/pages/page.hpp"

namespace invited::handlers {

response asked_page(const page_language& in) {
  const titled_text& words = in.texts->asked;
  const html main = fill<files::asked, "main">(slot<"sign">(draw(icon::letter)),
                                               slot<"heading">(words.heading), slot<"text">(words.text));
  return whole_page(202, {in}, main, {});
}

} // namespace invited::handlers
