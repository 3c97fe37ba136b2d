#pragma once

#include "handlers/auth/host_cookie.hpp"
#include "handlers/http/problem.hpp"
#include "handlers/http/request.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// The cookie that keeps staff signed in on the pages: `__Host-invited`, or `invited` (host_cookie).
class staff_cookie {
public:
  explicit staff_cookie(std::string_view base_url);

  /// The token in a request; nothing if there is none.
  std::optional<std::string_view> find(const request& r) const { return cookie_.find(r); }

  /// Values of Set-Cookie.
  std::string set(std::string_view token, std::chrono::milliseconds lives) const {
    return cookie_.set(token, lives);
  }
  std::string clear() const { return set({}, std::chrono::milliseconds(0)); }

  /// 403 `foreign_origin` if a page of another site may have made a call that changes something. A request
  /// with this cookie must say that it sends JSON, which no form can do, and must come from the server's own
  /// origin.
  result<void> check_origin(const request& r) const;

  /// The same for a request without the cookie, which may not come from a page: its origin is checked only if
  /// it has one.
  result<void> check_page_origin(const request& r) const;

private:
  bool is_own(const request& r) const;

  std::string base_url_;
  host_cookie cookie_;
};

} // namespace invited::handlers
