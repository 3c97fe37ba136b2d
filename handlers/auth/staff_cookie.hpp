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

  /// The token in a request; nothing when there is none.
  std::optional<std::string_view> find(const request& r) const { return cookie_.find(r); }

  /// Values of Set-Cookie.
  std::string set(std::string_view token, std::chrono::milliseconds lives) const {
    return cookie_.set(token, lives);
  }
  std::string clear() const { return set({}, std::chrono::milliseconds(0)); }

  /// 403 `foreign_origin` when a call that changes something may have been made by another site's page: who
  /// comes with this cookie must say that he sends JSON, which no form can, and come from the server's own
  /// origin.
  result<void> check_origin(const request& r) const;

  /// The same for who comes without it, and so perhaps from no page: the origin counts if there is one.
  result<void> check_page_origin(const request& r) const;

private:
  bool is_own(const request& r) const;

  std::string_view scheme_; ///< static storage
  host_cookie cookie_;
};

} // namespace invited::handlers
