#include "handlers/auth/staff_cookie.hpp"

#include "handlers/auth/own_origin.hpp"
#include "handlers/http/content_type.hpp"

namespace invited::handlers {
namespace {

bool changes_something(verb method) {
  return method != verb::get && method != verb::head && method != verb::options;
}

problem foreign_origin(std::string detail) {
  return {.status = 403, .code = "foreign_origin", .detail = std::move(detail)};
}

} // namespace

staff_cookie::staff_cookie(std::string_view base_url) : base_url_(base_url), cookie_(base_url, "invited") {}

bool staff_cookie::is_own(const request& r) const {
  return is_own_origin(r[field::origin], r[field::host], base_url_);
}

result<void> staff_cookie::check_origin(const request& r) const {
  if (!changes_something(r.method)) return {};
  if (read_content_type(r[field::content_type]) != body_type::json)
    return foreign_origin("With a cookie, this call needs Content-Type: application/json.");
  if (!is_own(r)) return foreign_origin("With a cookie, this call needs this server's own Origin.");
  return {};
}

result<void> staff_cookie::check_page_origin(const request& r) const {
  if (r[field::origin].empty() || is_own(r)) return {};
  return foreign_origin("Another site's page may not sign in here.");
}

} // namespace invited::handlers
