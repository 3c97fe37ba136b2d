#include "handlers/redeeming/onlooker.hpp"

#include "store/base/ascii.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace invited::handlers {
namespace {

/// What messengers, mail scanners and search engines call themselves, in lower case: Slackbot, TelegramBot
/// and Googlebot; SkypeUriPreview and BingPreview; facebookexternalhit, which iMessage says, too; and the
/// rest.
constexpr std::array<std::string_view, 6> programs{"bot",       "preview", "externalhit",
                                                   "whatsapp/", "crawler", "spider"};

bool holds(std::string_view text, std::string_view word) {
  return text.find(word) != text.npos;
}

} // namespace

bool somebody_looks(const request& r) {
  if (r.method != verb::get) return false;
  for (const field f : {field::sec_purpose, field::purpose})
    if (!r[f].empty() && holds(store::ascii_lower(r[f]), "prefetch")) return false;
  if (r[field::user_agent].empty()) return true;
  const std::string agent = store::ascii_lower(r[field::user_agent]);
  if (holds(agent, "cubot")) return true; // a make of phones
  return std::ranges::none_of(programs, [&agent](std::string_view p) { return holds(agent, p); });
}

} // namespace invited::handlers
