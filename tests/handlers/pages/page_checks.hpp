#pragma once

#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "handlers/pages/language.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace invited::handlers {

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

/// All between the first `open` behind `from` and the next `close`; empty where there is none.
inline std::string_view between(std::string_view text, std::string_view open, std::string_view close) {
  const std::size_t at = text.find(open);
  if (at == text.npos) return {};
  text.remove_prefix(at + open.size());
  return text.substr(0, text.find(close));
}

/// What a page as ours breaks of HTML: tags that do not match, attributes that come twice or without quotes,
/// ids that come twice or are pointed to in vain, texts with a bare '<' or '>'. Empty: nothing.
std::vector<std::string> html_flaws(std::string_view html);

/// What any of the pages must be, as Boost.Test checks: well-formed, small, in its language, neutral in
/// previews, styled by what its policy allows, and neither inline nor foreign otherwise.
void check_page(const response& out, const page_texts& texts);

request asked_with(std::string_view accept_language = {}, std::string_view query = {});

} // namespace invited::handlers
