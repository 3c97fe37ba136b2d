#include "handlers/pages/problem_page.hpp"

#include "handlers/pages/endings.hpp"
#include "handlers/pages/page.hpp"

namespace invited::handlers {
namespace {

response ended(const shown_ending& end, const problem& p, const request& r, const page_language& in,
               const problem_subject& about) {
  page out(in, end.sign, end.says.heading, about.clinic);
  out.paragraph(end.says.text);
  out.ask_form("");
  return out.finish(p.status, {.form_action = "'self'"}, r.request_id);
}

} // namespace

response problem_page(const problem& p, const request& r, const problem_subject& about) {
  const page_language in = language_for(r, about.locale);
  if (const auto end = ending_named(p.code, *in.texts)) return ended(*end, p, r, in, about);
  const auto& words = in.texts->problem;
  const bool unknown = p.status == 404, wait = p.status == 429 || p.status == 503;
  const titled_text& says = unknown           ? words.unknown
                            : p.status == 429 ? words.busy
                            : p.status == 503 ? words.away
                                              : words.failed;
  page out(in, wait ? icon::clock : icon::notice, says.heading, about.clinic);
  out.paragraph(says.text);
  if (!unknown) out.try_again();
  return out.finish(p.status, {}, r.request_id);
}

} // namespace invited::handlers
