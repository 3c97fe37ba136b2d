#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/http/request.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// The cookie that keeps staff signed in on the pages: `__Host-invited` (RFC 6265bis §4.1.3.2), so that no
/// neighbour's site can set one; `invited` where base_url is plain http, which browsers allow no such name.
class staff_cookie {
public:
  explicit staff_cookie(std::string_view base_url);

  /// The token in a request; nothing when there is none.
  std::optional<std::string_view> find(const request& r) const;

  /// Values of Set-Cookie.
  std::string set(std::string_view token, std::chrono::milliseconds lives) const;
  std::string clear() const;

  /// 403 `foreign_origin` when a call that changes something may have been made by another site's page: who
  /// comes with this cookie must say that he sends JSON, which no form can, and come from the server's own
  /// origin.
  std::optional<problem> refuse_foreign(const request& r) const;

  /// The same for who comes without it, and so perhaps from no page: the origin counts if there is one.
  std::optional<problem> refuse_foreign_page(const request& r) const;

private:
  bool is_own(const request& r) const;

  std::string_view scheme_; ///< static storage
  std::string_view name_;   ///< static storage
};

} // namespace invited::handlers
