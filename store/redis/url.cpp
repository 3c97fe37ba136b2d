#include "store/redis/url.hpp"

#include "store/base/ip_text.hpp"
#include "store/base/percent.hpp"

#include <charconv>
#include <limits>
#include <optional>
#include <stdexcept>

namespace invited::store::redis {
namespace {

template <class T>
using parsed = boost::system::result<T, url_error>;

url_error wrong(std::string_view message) {
  return {std::string(message)};
}

/// A whole decimal number, digits only, at most `most`.
std::optional<std::uint32_t> number(std::string_view text, std::uint32_t most) {
  std::uint32_t value = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (ec != std::errc() || end != text.data() + text.size() || value > most) return std::nullopt;
  return value;
}

/// Nothing for bad percent-encoding or a NUL, where C would see the end.
std::optional<std::string> decode(std::string_view text) {
  std::optional<std::string> out = percent_decode(text);
  if (out && out->find('\0') != out->npos) return std::nullopt;
  return out;
}

/// Takes "user@" off the front of `rest`.
parsed<void> take_user(std::string_view& rest, url& u) {
  const std::size_t at = rest.substr(0, rest.find_first_of("/?#")).rfind('@');
  if (at == std::string_view::npos) return {};
  const std::string_view user = rest.substr(0, at);
  if (user.find(':') != std::string_view::npos)
    return wrong(
        "a password does not belong into the Redis URL, where process lists show it; put it into a file");
  std::optional<std::string> decoded = decode(user);
  if (!decoded) return wrong("the user name has a bad percent-encoding");
  u.user = std::move(*decoded);
  rest.remove_prefix(at + 1);
  return {};
}

bool is_host_name(std::string_view host) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
  return !host.empty() && host.size() <= 253 && host.find_first_not_of(allowed) == std::string_view::npos;
}

/// Reads "host:port", where both may be missing.
parsed<void> read_authority(std::string_view text, url& u) {
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return wrong("the IPv6 address lacks its ']'");
    u.host = text.substr(1, close - 1);
    const auto address = zoned_ip_address_of(u.host);
    if (!address || !address->is_v6()) return wrong("what stands in [] is not an IPv6 address");
    port = text.substr(close + 1);
  } else {
    const std::string_view host = text.substr(0, text.find(':'));
    port = text.substr(host.size());
    if (port.find(':', 1) != std::string_view::npos) return wrong("an IPv6 address stands in []");
    if (!host.empty()) u.host = host;
    if (!is_host_name(u.host)) return wrong("the host name has a character that no host name has");
  }
  if (port.empty()) return {};
  const auto n =
      port.front() == ':' ? number(port.substr(1), std::numeric_limits<std::uint16_t>::max()) : std::nullopt;
  if (!n || *n == 0) return wrong("the port is not a number from 1 to 65535");
  u.port = static_cast<std::uint16_t>(*n);
  return {};
}

parsed<void> read_db(std::string_view text, url& u) {
  const auto n = number(text, std::numeric_limits<std::int32_t>::max());
  if (!n) return wrong("the database is not a number");
  u.db = *n;
  return {};
}

parsed<url> parse_network(std::string_view rest, url u) {
  if (const auto read = take_user(rest, u); !read) return read.error();
  if (rest.find_first_of("?#") != std::string_view::npos) return wrong("a Redis URL has no '?' and no '#'");
  const std::string_view authority = rest.substr(0, rest.find('/'));
  if (const auto read = read_authority(authority, u); !read) return read.error();
  const std::string_view path = rest.substr(authority.size());
  if (path.size() > 1)
    if (const auto read = read_db(path.substr(1), u); !read) return read.error();
  return u;
}

parsed<url> parse_unix(std::string_view rest, url u) {
  u.via = url::transport::unix_socket;
  if (const auto read = take_user(rest, u); !read) return read.error();
  const std::string_view path = rest.substr(0, rest.find('?'));
  std::optional<std::string> decoded = decode(path);
  if (!decoded) return wrong("the path has a bad percent-encoding");
  if (!decoded->starts_with('/') || decoded->size() < 2)
    return wrong("a Unix socket is named by its absolute path: unix:///path");
  if (decoded->size() > 107)
    return wrong("the path of a Unix socket has at most 107 bytes"); // sockaddr_un, with its NUL
  u.path = std::move(*decoded);
  if (path.size() == rest.size()) return u;
  const std::string_view query = rest.substr(path.size() + 1);
  constexpr std::string_view db = "db=";
  if (!query.starts_with(db)) return wrong("after '?' only db=N may follow");
  if (const auto read = read_db(query.substr(db.size()), u); !read) return read.error();
  return u;
}

} // namespace

void throw_exception_from_error(const url_error& e, const boost::source_location&) {
  throw std::invalid_argument(e.message);
}

parsed<url> parse_url(std::string_view text) {
  constexpr std::string_view tcp = "redis://", tls = "rediss://", local = "unix://";
  url u;
  if (text.starts_with(tcp)) return parse_network(text.substr(tcp.size()), u);
  if (text.starts_with(local)) return parse_unix(text.substr(local.size()), u);
  if (!text.starts_with(tls)) return wrong("a Redis URL begins with redis://, rediss:// or unix://");
  u.via = url::transport::tls;
  return parse_network(text.substr(tls.size()), u);
}

std::string to_string(const url& u) {
  if (u.via == url::transport::unix_socket) return "unix://" + u.path;
  const bool v6 = u.host.find(':') != std::string::npos;
  std::string out = u.via == url::transport::tls ? "rediss://" : "redis://";
  out.append(v6 ? "[" : "").append(u.host).append(v6 ? "]" : "");
  return out.append(":").append(std::to_string(u.port));
}

} // namespace invited::store::redis
