#include "handlers/pages/question.hpp"

#include "handlers/values/birth_date.hpp"

namespace invited::handlers {
namespace {

/// DD/MM/YYYY in the letters of a language: DD/MM/AAAA.
std::string pattern_in(const page_texts& texts, std::string_view pattern) {
  std::string out(pattern);
  for (char& c : out) {
    const std::size_t which = std::string_view("DMY").find(c);
    if (which != std::string_view::npos) c = texts.date_letters[which];
  }
  return out;
}

/// The ninth of March 1975 as a pattern has it.
std::string example_of(std::string_view pattern) {
  std::string out(pattern);
  for (const auto& [letters, digits] : {std::pair{"DD", "09"}, {"MM", "03"}, {"YYYY", "1975"}}) {
    const std::size_t at = out.find(letters);
    if (at != out.npos) out.replace(at, std::string_view(letters).size(), digits);
  }
  return out;
}

std::string_view words_for(const trouble& wrong, bool date, const page_texts& texts) {
  const auto& words = texts.trouble;
  if (wrong.code == "required") return words.missing;
  if (wrong.code == "wrong_answer") return words.wrong;
  if (!date) return words.no_code;
  return wrong.code == "ambiguous_date" ? words.ambiguous : words.no_date;
}

void append_trouble(page& out, const trouble& wrong, bool date, std::string_view pattern) {
  std::string& html = out.html();
  const auto& words = out.texts().trouble;
  html += "<p id=\"trouble\" role=\"alert\">";
  append_filled(html, words_for(wrong, date, out.texts()), {{"pattern", pattern}});
  if (wrong.code == "wrong_answer") {
    html += ' ';
    append_filled(html, wrong.attempts_left == 1 ? words.one_attempt : words.attempts,
                  {{"n", std::to_string(wrong.attempts_left)}});
  }
  html += "</p>\n";
}

} // namespace

void append_question(page& out, const invite_page& shown) {
  const auto& words = out.texts().question;
  const bool date = shown.invite.asks_for == store::challenge_kind::birth_date;
  const std::string_view style = date_style_of(shown.invite.locale).pattern;
  const std::string pattern = pattern_in(out.texts(), style);
  std::string& html = out.html();
  html += "<label for=\"answer\">";
  append_html(html, date ? words.birth_date : words.code);
  html += "</label>\n<p id=\"hint\" class=\"note\">";
  append_filled(html, date ? words.birth_date_hint : words.code_hint,
                {{"pattern", pattern}, {"example", example_of(style)}});
  html += "</p>\n";
  if (shown.wrong != nullptr) append_trouble(out, *shown.wrong, date, pattern);
  // A date may be typed on a phone's digit keys, and filled in by the browser, which writes YYYY-MM-DD (HTML,
  // autofill field bday).
  html += "<input id=\"answer\" name=\"answer\" maxlength=\"200\" required ";
  html += date ? "inputmode=\"numeric\" autocomplete=\"bday\""
               : "inputmode=\"text\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\"";
  html += shown.wrong != nullptr ? " aria-invalid=\"true\" aria-describedby=\"trouble hint\" autofocus>\n"
                                 : " aria-describedby=\"hint\">\n";
  out.note(words.why);
}

} // namespace invited::handlers
