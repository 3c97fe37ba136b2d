#pragma once

#include <boost/system/result.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace invited::store::redis {

/// Where Redis is.
struct url {
  enum class transport : std::uint8_t { tcp, tls, unix_socket };

  transport via = transport::tcp;
  std::string host = "localhost"; ///< a name or an address, an IPv6 one without brackets
  std::uint16_t port = 6379;
  std::string path; ///< of the Unix socket
  std::uint32_t db = 0;
  std::string user; ///< of the ACL; empty: the default user

  bool operator==(const url&) const = default;
};

/// What is wrong with a URL, for the operator; never quotes the URL, which may hold a password.
struct url_error {
  std::string message;
};

[[noreturn]] void throw_exception_from_error(const url_error& e, const boost::source_location& where);

/// Reads `redis://[user@]host[:port][/db]`, `rediss://...` (TLS) or `unix://[user@]/path[?db=N]`.
/// Percent-encoding is undone in user and path. A password is refused: it comes from a file, because a URL
/// ends up in process lists. The parts are cut here and not by Boost.URL, which takes 1.2.3.4 for the host of
/// redis://1.2.3.4.example (Boost 1.81), and no zone of a link-local address.
boost::system::result<url, url_error> parse_url(std::string_view text);

/// For messages: scheme, host and port or path, without the user.
std::string to_string(const url& u);

} // namespace invited::store::redis
