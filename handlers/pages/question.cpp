#include "handlers/pages/question.hpp"

#include "handlers/pages/files.hpp"
#include "handlers/pages/fill.hpp"
#include "handlers/values/birth_date.hpp"

namespace invited::handlers {
namespace {

/// DD/MM/YYYY with the letters of a language, such as DD/MM/AAAA.
std::string pattern_in(const page_texts& texts, std::string_view pattern) {
  std::string out(pattern);
  for (char& c : out) {
    const std::size_t which = std::string_view("DMY").find(c);
    if (which != std::string_view::npos) c = texts.date_letters[which];
  }
  return out;
}

/// 9 March 1975, written by a pattern.
std::string example_of(std::string_view pattern) {
  std::string out(pattern);
  for (const auto& [letters, digits] : {std::pair{"DD", "09"}, {"MM", "03"}, {"YYYY", "1975"}}) {
    const std::size_t at = out.find(letters);
    if (at != out.npos) out.replace(at, std::string_view(letters).size(), digits);
  }
  return out;
}

html what_was_wrong(const trouble& wrong, bool date, const page_texts& texts, std::string_view pattern) {
  const auto& words = texts.trouble;
  if (wrong.code == "required") return escaped(words.missing);
  if (!date) return escaped(words.no_code);
  if (wrong.code == "out_of_range") return escaped(words.to_come);
  return filled(wrong.code == "ambiguous_date" ? words.ambiguous : words.no_date, slot<"pattern">(pattern));
}

html how_often_still(unsigned attempts, const page_texts& texts) {
  const auto& words = texts.trouble;
  return filled(attempts == 1 ? words.one_attempt : words.attempts, slot<"n">(std::to_string(attempts)));
}

html trouble_text(const trouble& wrong, bool date, const page_texts& texts, std::string_view pattern) {
  if (wrong.code != "wrong_answer") return what_was_wrong(wrong, date, texts, pattern);
  html out = escaped(texts.trouble.wrong);
  out += escaped(" ");
  out += how_often_still(wrong.attempts_left, texts);
  return out;
}

html ask_birth_date(const invite_page& shown) {
  const page_texts& texts = *shown.in.texts;
  const auto& words = texts.question;
  const std::string_view style = date_style_of(shown.invite.locale).pattern;
  const std::string pattern = pattern_in(texts, style);
  const html hint =
      filled(words.birth_date_hint, slot<"pattern">(pattern), slot<"example">(example_of(style)));
  if (shown.wrong == nullptr) {
    return fill<files::birth_date, "question">(slot<"label">(words.birth_date), slot<"hint">(hint),
                                               slot<"why">(words.why));
  }
  return fill<files::birth_date_again, "question">(
      slot<"label">(words.birth_date), slot<"hint">(hint),
      slot<"trouble">(trouble_text(*shown.wrong, true, texts, pattern)), slot<"why">(words.why));
}

html ask_code(const invite_page& shown) {
  const page_texts& texts = *shown.in.texts;
  const auto& words = texts.question;
  if (shown.wrong == nullptr) {
    return fill<files::code, "question">(slot<"label">(words.code), slot<"hint">(words.code_hint),
                                         slot<"why">(words.why));
  }
  return fill<files::code_again, "question">(slot<"label">(words.code), slot<"hint">(words.code_hint),
                                             slot<"trouble">(trouble_text(*shown.wrong, false, texts, {})),
                                             slot<"why">(words.why));
}

} // namespace

html question(const invite_page& shown) {
  return shown.invite.asks_for == store::challenge_kind::birth_date ? ask_birth_date(shown) : ask_code(shown);
}

} // namespace invited::handlers
