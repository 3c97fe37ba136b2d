#pragma once

#include <cstdint>
#include <string>

namespace invited::server {

/// Where to listen or connect to.
struct endpoint {
  std::string host; ///< a name, or an address; IPv6 without brackets
  std::uint16_t port = 0;

  friend bool operator==(const endpoint&, const endpoint&) = default;
};

/// The usual text, with IPv6 addresses in brackets.
inline std::string to_string(const endpoint& e) {
  const bool v6 = e.host.find(':') != std::string::npos;
  return (v6 ? "[" + e.host + "]" : e.host) + ":" + std::to_string(e.port);
}

} // namespace invited::server
