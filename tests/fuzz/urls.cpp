#include "server/config/urls.hpp"
#include "server/config/network.hpp"
#include "server/config/values.hpp"
#include "store/redis/url.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <string>

using namespace invited;
using namespace invited::server;
using namespace invited::fuzz;

/// The URLs and other small texts of the configuration.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  if (const auto url = store::redis::parse_url(text)) {
    demand(url->port != 0 && !url->host.empty(), "Redis is somewhere");
    if (url->via != store::redis::url::transport::unix_socket) {
      const auto again = store::redis::parse_url(to_string(*url));
      demand(again && again->host == url->host && again->port == url->port,
             "a URL is written as it was read");
    }
  }
  const std::string password = "p4ssw0rd" + std::string(text);
  if (const auto url = store::redis::parse_url("redis://:" + password + "@h"); !url)
    demand(url.error().message.find("p4ssw0rd") == std::string::npos, "no error quotes a URL");
  if (const auto base = parse_base_url(text)) {
    demand(!base->ends_with('/') && base->find_first_of("?#\"<> ") == base->npos,
           "a base can be appended to");
    demand(parse_base_url(*base).value() == *base, "a base stays as it is");
    static_cast<void>(is_plain_and_remote(*base));
  }
  if (const auto page = parse_page_url(text)) demand(page->find('#') == page->npos, "a page has no fragment");
  if (const auto origin = parse_origin(text)) {
    demand(*origin != "null" && *origin != "*", "an origin is somebody's");
    demand(parse_origin(*origin).value() == *origin, "an origin stays as it is");
  }
  static_cast<void>(parse_host_port(text, 80));
  static_cast<void>(parse_listen_or_off(text));
  static_cast<void>(parse_network(text));
  if (const auto rate = parse_rate(text)) demand(*rate > 0 && *rate <= 1e6, "a rate has its bounds");
  if (const auto span = parse_seconds(text, std::chrono::seconds{1}, std::chrono::days{3650}))
    demand(parse_duration(to_text(*span)).value() == *span, "a duration is written as it was read");
  return 0;
}
