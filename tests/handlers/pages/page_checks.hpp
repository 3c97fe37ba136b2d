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

/// The text between the first `open` after `from` and the next `close`; empty if there is none.
inline std::string_view between(std::string_view text, std::string_view open, std::string_view close) {
  const std::size_t at = text.find(open);
  if (at == text.npos) return {};
  text.remove_prefix(at + open.size());
  return text.substr(0, text.find(close));
}

/// The rules of HTML that a page of ours breaks: tags that do not match, attributes that come twice or
/// without quotes, ids that come twice or are referred to but missing, texts with a bare '<' or '>'. Empty if
/// there are none.
std::vector<std::string> html_flaws(std::string_view html);

/// What every page must be, as checks of Boost.Test: well-formed, small, in its language, neutral in
/// previews, and with no style but the one that its policy allows, and nothing inline or foreign otherwise.
void check_page(const response& out, const page_texts& texts);

request asked_with(std::string_view accept_language = {}, std::string_view query = {});

} // namespace invited::handlers
