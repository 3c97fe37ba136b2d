#pragma once

#include "handlers/http/request.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// A cookie for this host alone. Scripts cannot read it, and pages of other sites do not send it. Its name is
/// `__Host-<name>` (RFC 6265bis §4.1.3.2), so that no other site of the domain can set it. If base_url is
/// plain http it is `<name>`, because browsers do not allow the prefix there.
class host_cookie {
public:
  host_cookie(std::string_view base_url, std::string_view name);

  /// Its value in a request; nothing if it is not there.
  std::optional<std::string_view> find(const request& r) const;

  /// The value of Set-Cookie. `value` must have only characters that a cookie may hold.
  std::string set(std::string_view value, std::chrono::milliseconds lives) const;

private:
  bool secure_;
  std::string name_;
};

} // namespace invited::handlers
