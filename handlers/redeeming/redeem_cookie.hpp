#pragma once

#include "handlers/redeeming/patient_links.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace invited::handlers {

/// Makes the cookie in which a browser keeps its redeem key, so that the patient can go on after Back, reload
/// or a lost answer. It is set when the page is shown, and again when it redeems, because the session begins
/// then.
class redeem_cookie_writer {
public:
  redeem_cookie_writer(const patient_links& links, std::chrono::seconds session);

  /// The value of Set-Cookie. `invite_id` must be written as in the path, because browsers compare its case.
  /// It must be a valid id, and `redeem_key` a valid key.
  std::string make(std::string_view invite_id, std::string_view redeem_key) const;

private:
  std::string path_; ///< base_url's path and "/invite/"
  std::string attributes_;
};

/// The offset of the path in an absolute URL, after scheme and authority.
std::size_t path_of(std::string_view url);
std::string_view origin_of(std::string_view url);

} // namespace invited::handlers
