#include "server/config/urls.hpp"
#include "server/config/network.hpp"

#include "store/base/ascii.hpp"
#include "store/redis/url.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>

namespace invited::server {

namespace {

constexpr std::uint16_t http_port = 80;
constexpr std::uint16_t https_port = 443;

std::uint16_t port_of(std::string_view scheme) {
  return scheme == "https" ? https_port : http_port;
}

/// `text` for a message, unless it may hold a password.
std::string shown(std::string_view text) {
  return text.find('@') == std::string_view::npos ? in_quotes(text) : std::string{"the URL"};
}

/// The parts of an http(s) URL.
struct web_url {
  std::string scheme; ///< in lower case
  endpoint at;
  bool has_path;
  bool has_query;
  bool has_fragment;
};

/// The library judges everything after the authority. It cannot judge the authority: Boost 1.81 takes 1.2.3.4
/// for the host of http://1.2.3.4.example/, and the rest for a path.
parsed<web_url> read_web_url(std::string_view text) {
  const auto colon = text.find("://");
  const auto scheme = store::ascii_lower(text.substr(0, colon));
  if (colon == text.npos || (scheme != "http" && scheme != "https"))
    return fault::because(shown(text) + " is not an absolute http:// or https:// URL");
  auto rest = text.substr(colon + 3);
  const auto authority = rest.substr(0, rest.find_first_of("/?#"));
  rest.remove_prefix(authority.size());
  if (authority.find('@') != authority.npos)
    return fault::because("a user or password in the URL is not allowed");
  auto at = parse_host_port(authority, port_of(scheme));
  if (!at || at->port == 0) return fault::because(shown(text) + " has no valid host, or no valid port");
  const std::string elsewhere = "http://host" + std::string{rest};
  const auto url = boost::urls::parse_uri(elsewhere);
  if (!url)
    return fault::because(shown(text) +
                          " has a character after its host that must be percent-encoded in a URL");
  return web_url{scheme, std::move(*at), !url->encoded_path().empty(), url->has_query(), url->has_fragment()};
}

/// A URL that was read, with scheme and authority in lower case: whoever asks for "https:" must find it, and
/// an Origin field is written so.
std::string in_lower_case(std::string_view text) {
  const auto authority = text.find("://") + 3;
  const auto rest = std::min(text.find_first_of("/?#", authority), text.size());
  return store::ascii_lower(text.substr(0, rest)) + std::string{text.substr(rest)};
}

} // namespace

parsed<std::string> parse_base_url(std::string_view text) {
  const auto url = read_web_url(text);
  if (!url) return url.error();
  if (url->has_query || url->has_fragment)
    return fault::because(shown(text) + " must not have a query or a fragment");
  while (text.ends_with('/')) text.remove_suffix(1);
  return in_lower_case(text);
}

parsed<std::string> parse_page_url(std::string_view text) {
  const auto url = read_web_url(text);
  if (!url) return url.error();
  if (url->has_fragment)
    return fault::because(shown(text) + " must not have a fragment (it is for the patient's token)");
  return in_lower_case(text);
}

parsed<std::string> parse_origin(std::string_view text) {
  if (text == "*" || text == "null")
    return fault::because(in_quotes(text) + " would allow every web page; list the origins one by one");
  const auto url = read_web_url(text);
  if (!url) return url.error();
  if (url->has_path || url->has_query || url->has_fragment)
    return fault::because(shown(text) + " is not an origin: it must have only scheme, host and port");
  auto host = to_string(endpoint{store::ascii_lower(url->at.host), url->at.port});
  if (url->at.port == port_of(url->scheme)) host.erase(host.rfind(':'));
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
  const auto url = read_web_url(text);
  if (!url || url->scheme != "http") return false;
  const auto host = store::ascii_lower(url->at.host);
  return host != "localhost" && !host.ends_with(".localhost") && !host.starts_with("127.") && host != "::1";
}

} // namespace invited::server
