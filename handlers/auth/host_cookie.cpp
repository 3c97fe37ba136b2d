#include "handlers/auth/host_cookie.hpp"

#include "handlers/http/cookies.hpp"

namespace invited::handlers {
namespace {

constexpr std::string_view attributes = "; Path=/; HttpOnly; SameSite=Strict";

} // namespace

host_cookie::host_cookie(std::string_view base_url, std::string_view name)
    : secure_(base_url.starts_with("https:")), name_(secure_ ? "__Host-" : "") {
  name_ += name;
}

std::optional<std::string_view> host_cookie::find(const request& r) const {
  if (r[field::cookie].empty()) return {};
  return find_cookie(r[field::cookie], name_);
}

std::string host_cookie::set(std::string_view value, std::chrono::milliseconds lives) const {
  std::string text(name_);
  text += '=';
  text += value;
  text += "; Max-Age=" + std::to_string(std::chrono::ceil<std::chrono::seconds>(lives).count());
  text += attributes;
  if (secure_) text += "; Secure";
  return text;
}

} // namespace invited::handlers
