#include "handlers/pages/problem_page.hpp"

#include "handlers/pages/endings.hpp"
#include "handlers/pages/files.hpp"
#include "handlers/pages/fill.hpp"
#include "handlers/pages/page.hpp"

namespace invited::handlers {
namespace {

const titled_text& words_for(unsigned status, bool at_a_link, const page_texts& texts) {
  const auto& words = texts.problem;
  switch (status) {
  case 401:
  case 403: return words.closed;
  case 404: return at_a_link ? words.unknown : words.nowhere;
  case 429: return words.busy;
  case 503: return words.away;
  default: return words.failed;
  }
}

html problem_main(unsigned status, bool at_a_link, const page_texts& texts) {
  const titled_text& says = words_for(status, at_a_link, texts);
  const bool wait = status == 429 || status == 503;
  html try_again;
  if (status != 404)
    try_again = fill<files::problem, "try_again">(slot<"try_again">(texts.problem.try_again));
  return fill<files::problem, "main">(slot<"sign">(draw(wait ? icon::clock : icon::notice)),
                                      slot<"heading">(says.heading), slot<"text">(says.text),
                                      slot<"try_again">(try_again));
}

} // namespace

response problem_page(const problem& p, const request& r, const problem_subject& about) {
  const page_language in = language_for(r, about.locale);
  const page_frame frame{in, about.clinic, r.request_id};
  const bool at_a_link = r.path.starts_with("/invite/");
  if (const auto end = at_a_link ? ending_named(p.code, *in.texts) : std::nullopt)
    return whole_page(p.status, frame, ended_main(*end, "", in), {.form_action = "'self'"});
  return whole_page(p.status, frame, problem_main(p.status, at_a_link, *in.texts), {});
}

} // namespace invited::handlers
