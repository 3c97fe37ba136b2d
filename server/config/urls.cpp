#include "server/config/urls.hpp"
#include "server/config/network.hpp"

#include "store/redis/url.hpp"

#include <algorithm>
#include <optional>

namespace invited::server {

namespace {

constexpr std::uint16_t http_port = 80;
constexpr std::uint16_t https_port = 443;

/// The parts of `scheme://authority/path?query#fragment`, delimiters taken off.
struct url_parts {
  std::string scheme; ///< in lower case
  std::string_view authority;
  std::string_view path; ///< with its leading slash, or empty
  std::optional<std::string_view> query;
  std::optional<std::string_view> fragment;
};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text) {
  std::string out{text};
  std::ranges::transform(out, out.begin(), [](char c) { return lower(c); });
  return out;
}

bool is_url_character(char c) {
  constexpr std::string_view excluded = "\"<>\\^`{|}";
  return c > ' ' && c < '\x7f' && excluded.find(c) == std::string_view::npos;
}

/// Cuts off what follows `mark`, if it is there.
std::optional<std::string_view> cut(std::string_view& text, char mark) {
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  const auto tail = text.substr(at + 1);
  text = text.substr(0, at);
  return tail;
}

std::optional<url_parts> split(std::string_view text) {
  if (!std::ranges::all_of(text, is_url_character)) return std::nullopt;
  const auto colon = text.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  url_parts parts;
  parts.scheme = lower(text.substr(0, colon));
  auto rest = text.substr(colon + 3);
  parts.fragment = cut(rest, '#');
  parts.query = cut(rest, '?');
  const auto slash = std::min(rest.find('/'), rest.size());
  parts.authority = rest.substr(0, slash);
  parts.path = rest.substr(slash);
  return parts;
}

std::uint16_t port_of(std::string_view scheme) {
  return scheme == "https" ? https_port : http_port;
}

/// `text` for a message, unless it may hold a password.
std::string shown(std::string_view text) {
  return text.find('@') == std::string_view::npos ? quoted(text) : std::string{"the URL"};
}

/// The host and port of an http(s) URL, or what is wrong with it.
parsed<endpoint> web_host(const std::optional<url_parts>& url, std::string_view text) {
  if (!url || (url->scheme != "http" && url->scheme != "https"))
    return fault::because(shown(text) + " is not an absolute http:// or https:// URL");
  if (url->authority.find('@') != std::string_view::npos)
    return fault::because("a user or password in the URL is not allowed");
  auto at = parse_host_port(url->authority, port_of(url->scheme));
  if (!at || at->port == 0) return fault::because(shown(text) + " has no valid host, or no valid port");
  return at;
}

} // namespace

parsed<std::string> parse_base_url(std::string_view text) {
  const auto url = split(text);
  const auto at = web_host(url, text);
  if (!at) return at.error();
  if (url->query || url->fragment)
    return fault::because(shown(text) + " must not have a query or a fragment");
  while (text.ends_with('/')) text.remove_suffix(1);
  return std::string{text};
}

parsed<std::string> parse_page_url(std::string_view text) {
  const auto url = split(text);
  const auto at = web_host(url, text);
  if (!at) return at.error();
  if (url->fragment)
    return fault::because(shown(text) + " must not have a fragment (the patient's token is put there)");
  return std::string{text};
}

parsed<std::string> parse_origin(std::string_view text) {
  if (text == "*" || text == "null")
    return fault::because(quoted(text) + " would let every web page in; list the origins one by one");
  const auto url = split(text);
  const auto at = web_host(url, text);
  if (!at) return at.error();
  if (!url->path.empty() || url->query || url->fragment)
    return fault::because(shown(text) + " is not an origin: scheme, host and port only, nothing behind them");
  auto host = to_string(endpoint{lower(at->host), at->port});
  if (at->port == port_of(url->scheme)) host.erase(host.rfind(':'));
  return url->scheme + "://" + host;
}

parsed<std::string> parse_redis_url(std::string_view text) {
  const auto url = store::redis::parse_url(text);
  if (!url)
    return fault::because(url.error().message +
                          (text.find('@') == std::string_view::npos ? "" : " (--redis-password-file)"));
  return std::string{text};
}

bool is_plain_and_remote(std::string_view text) {
  const auto url = split(text);
  if (!url || url->scheme != "http") return false;
  const auto at = parse_host_port(url->authority, http_port);
  if (!at) return true;
  const auto host = lower(at->host);
  return host != "localhost" && !host.ends_with(".localhost") && !host.starts_with("127.") && host != "::1";
}

} // namespace invited::server
