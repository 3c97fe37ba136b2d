#include "handlers/pages/asked_page.hpp"

#include "handlers/pages/page.hpp"

namespace invited::handlers {

response asked_page(const page_language& in) {
  page out(in, icon::letter, in.texts->asked.heading, nullptr);
  out.paragraph(in.texts->asked.text);
  return out.finish(202, {});
}

} // namespace invited::handlers
