#include "handlers/pages/language.hpp"

#include "handlers/http/accept.hpp"
#include "handlers/text/charset.hpp"

#include <algorithm>
#include <array>

namespace invited::handlers {
namespace {

constexpr std::array all = {&english, &spanish};
constexpr std::string_view parameter = "lang=";

/// Decides by the first subtag; null if we do not have the language.
const page_texts* texts_of(std::string_view locale) {
  const std::string_view language = locale.substr(0, locale.find('-'));
  const auto* const found = std::ranges::find_if(
      all, [language](const page_texts* t) { return equals_ignoring_case(language, t->tag); });
  return found == all.end() ? nullptr : *found;
}

std::string_view asked_for(std::string_view query) {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    if (pair.starts_with(parameter)) return pair.substr(parameter.size());
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
  }
  return {};
}

} // namespace

std::span<const page_texts* const> page_languages() {
  return all;
}

page_language language_for(const request& r, std::string_view locale) {
  for (const std::string_view wanted : {asked_for(r.query), locale}) {
    if (const page_texts* texts = texts_of(wanted)) return {texts, false};
  }
  std::array<std::string_view, all.size()> tags;
  std::ranges::transform(all, tags.begin(), &page_texts::tag);
  return {all[best_language(r[field::accept_language], tags).value_or(0)], true};
}

std::string language_query(const page_language& in) {
  if (in.negotiated) return {};
  return std::string("?").append(parameter).append(in.texts->tag);
}

} // namespace invited::handlers
