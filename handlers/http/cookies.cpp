#include "handlers/http/cookies.hpp"

#include "handlers/text/charset.hpp"

namespace invited::handlers {

namespace {

/// cookie-octet: visible ASCII without '"', ',', ';' and '\' (RFC 6265 §4.1.1).
constexpr charset cookie_octets("!#-+--:<-[]-~");

} // namespace

std::optional<std::string_view> find_cookie(std::string_view field, std::string_view name) {
  while (!field.empty()) {
    const std::size_t end = field.find(';');
    const std::string_view pair = trim_blanks(field.substr(0, end));
    field.remove_prefix(end == std::string_view::npos ? field.size() : end + 1);
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;

    std::string_view value = pair.substr(equals + 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    if (!cookie_octets.holds_all(value)) return std::nullopt;
    return value;
  }
  return std::nullopt;
}

} // namespace invited::handlers
