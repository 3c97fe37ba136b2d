#include "handlers/values/birth_date.hpp"

#include "handlers/text/charset.hpp"
#include "handlers/text/typed.hpp"
#include "handlers/time/time_text.hpp"
#include "store/base/ascii.hpp"

#include <algorithm>
#include <array>

namespace invited::handlers {
namespace {

constexpr charset digits("0-9");
constexpr charset separators("/.-");
constexpr std::string_view earliest_year = "1900";

// Languages whose people put the day first everywhere, by the separator that they write.
constexpr std::string_view with_slash =
    " ar ca cy el es fr ga gl gu hi id it kn ml mr ms mt pt ta te th ur vi ";
constexpr std::string_view with_dot =
    " bg cs da de et fi he hr is kk lv mk nb nn no pl ro ru sk sl sr tr uk ";
constexpr std::string_view with_dash = " nl ";
// Locales where they do not, or where not everybody does.
constexpr std::string_view exceptions = " es-us es-pr es-pa fr-ca ";
constexpr std::string_view month_first_english = " us as gu mp ph pr vi ";
constexpr std::string_view unsure_english = " ca za ";

bool lists(std::string_view list, std::string_view word) {
  return list.find(' ' + std::string(word) + ' ') != list.npos;
}

/// Language and region of a BCP 47 tag in small letters. The region is empty if there is none.
struct language_and_region {
  std::string language, region;

  explicit language_and_region(std::string_view locale) {
    for (bool first = true; !locale.empty(); first = false) {
      const std::size_t end = locale.find('-');
      const std::string_view subtag = locale.substr(0, end);
      if (!first && subtag.size() < 2) break; // an extension: no region follows
      if (first || (subtag.size() == 2 && region.empty())) {
        std::string& part = first ? language : region;
        for (const char c : subtag) part += store::ascii_lower(c);
      }
      if (end == locale.npos) break;
      locale.remove_prefix(end + 1);
    }
  }
};

using three_numbers = std::array<std::string_view, 3>;

/// Splits "a/b/c", or eight digits. In eight digits the year is at the end if that gives a possible year,
/// because month and day read as a year are long before 1900.
std::optional<three_numbers> split(std::string_view text) {
  if (text.size() == 8 && digits.holds_all(text)) {
    if (text.substr(4) >= earliest_year)
      return three_numbers{text.substr(0, 2), text.substr(2, 2), text.substr(4)};
    return three_numbers{text.substr(0, 4), text.substr(4, 2), text.substr(6)};
  }
  three_numbers parts;
  char separator = '\0';
  for (std::string_view& part : parts) {
    if (&part != &parts.front()) {
      if (text.empty() || !separators.holds(text.front())) return {};
      if (separator != '\0' && text.front() != separator) return {};
      separator = text.front();
      text.remove_prefix(1);
    }
    std::size_t n = 0;
    while (n < text.size() && digits.holds(text[n])) ++n;
    part = text.substr(0, n);
    text.remove_prefix(n);
  }
  if (!text.empty()) return {};
  return parts;
}

/// YYYY-MM-DD, or nothing if that is not a birth date.
std::string assemble(std::string_view year, std::string_view month, std::string_view day) {
  std::string out(year);
  for (const std::string_view part : {month, day}) {
    out += '-';
    if (part.size() == 1) out += '0';
    out += part;
  }
  if (!is_birth_date(out)) out.clear();
  return out;
}

flaw invalid_date(const date_style& style) {
  return {"invalid_date", "This is not a date. Please write it as " + std::string(style.pattern) + "."};
}

} // namespace

date_style date_style_of(std::string_view locale) {
  constexpr date_style day_first{date_order::day, "DD/MM/YYYY"}, unsure{date_order::unsure, "YYYY-MM-DD"};
  const language_and_region l(locale);
  if (l.language == "en") {
    if (lists(month_first_english, l.region)) return {date_order::month, "MM/DD/YYYY"};
    return l.region.empty() || lists(unsure_english, l.region) ? unsure : day_first;
  }
  if (l.language.empty() || lists(exceptions, l.language + '-' + l.region)) return unsure;
  if (lists(with_slash, l.language)) return day_first;
  if (lists(with_dot, l.language)) return {date_order::day, "DD.MM.YYYY"};
  if (lists(with_dash, l.language)) return {date_order::day, "DD-MM-YYYY"};
  return unsure;
}

bool is_birth_date(std::string_view text) {
  constexpr std::size_t size = 10; // read_time() takes times of day, too
  return text.size() == size && text.substr(0, 4) >= earliest_year && read_time(text).has_value();
}

flaw birth_to_come() {
  return {"out_of_range", "A date of birth must not be in the future."};
}

checked<std::string> read_birth_date(std::string_view text, const date_style& style,
                                     std::string_view latest) {
  const std::string seen = typed_ascii(text);
  const std::optional<three_numbers> parts = split(seen);
  if (!parts) return invalid_date(style);
  const auto& [first, second, third] = *parts;
  const auto given = [&](std::string date) -> checked<std::string> {
    if (date.empty()) return invalid_date(style);
    if (date > latest) return birth_to_come();
    return date;
  };
  if (first.size() == 4) return given(assemble(first, second, third));
  const std::string day_first = assemble(third, second, first), month_first = assemble(third, first, second);
  if (style.order != date_order::unsure)
    return given(style.order == date_order::day ? day_first : month_first);
  if (day_first.empty() || day_first == month_first) return given(month_first);
  if (month_first.empty()) return given(day_first);
  if (std::max(day_first, month_first) > latest) return given(std::min(day_first, month_first));
  return flaw{"ambiguous_date", "This could be one of two days. Please write the year first: YYYY-MM-DD."};
}

} // namespace invited::handlers
