#pragma once

#include "handlers/http/request.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// A cookie for this host alone, that no script reads and no other site's page sends: `__Host-<name>` (RFC
/// 6265bis §4.1.3.2), so that no neighbour's site can set one; `<name>` where base_url is plain http, which
/// browsers allow no such name.
class host_cookie {
public:
  host_cookie(std::string_view base_url, std::string_view name);

  /// Its value in a request; nothing when there is none.
  std::optional<std::string_view> find(const request& r) const;

  /// The value of Set-Cookie. `value` has only what a cookie may hold.
  std::string set(std::string_view value, std::chrono::milliseconds lives) const;

private:
  bool secure_;
  std::string name_;
};

} // namespace invited::handlers
