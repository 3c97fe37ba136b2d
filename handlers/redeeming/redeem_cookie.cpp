#include "handlers/redeeming/redeem_cookie.hpp"

#include "handlers/redeeming/redeem_input.hpp"

#include <algorithm>

namespace invited::handlers {

std::size_t path_of(std::string_view url) {
  const std::size_t authority = url.find("://");
  return std::min(url.find_first_of("/?#", authority == url.npos ? 0 : authority + 3), url.size());
}

std::string_view origin_of(std::string_view url) {
  return url.substr(0, path_of(url));
}

redeem_cookie_writer::redeem_cookie_writer(const patient_links& links, std::chrono::seconds session)
    : path_(links.base_url.substr(path_of(links.base_url)) + "/invite/"),
      attributes_("; Max-Age=" + std::to_string(session.count()) + "; HttpOnly; SameSite=Lax") {
  if (links.base_url.starts_with("https:")) attributes_ += "; Secure";
}

std::string redeem_cookie_writer::make(std::string_view invite_id, std::string_view redeem_key) const {
  std::string text(redeem_cookie);
  text += '=';
  text += redeem_key;
  text += "; Path=";
  text += path_;
  text += invite_id;
  text += attributes_;
  return text;
}

} // namespace invited::handlers
