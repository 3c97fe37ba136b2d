#pragma once

#include "handlers/redeeming/patient_links.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace invited::handlers {

/// Makes the cookie in which a browser keeps its redeem key, so that Back, reload and a lost answer lead on.
/// Set when the page is shown, and again when it redeems: only from then on does the session live.
class redeem_cookie_writer {
public:
  redeem_cookie_writer(const patient_links& links, std::chrono::seconds session);

  /// The value of Set-Cookie. `invite_id` as it stood in the path, whose case a browser compares; a valid id,
  /// as `redeem_key` is a valid key.
  std::string make(std::string_view invite_id, std::string_view redeem_key) const;

private:
  std::string path_; ///< base_url's path and "/invite/"
  std::string attributes_;
};

/// Where the path of an absolute URL begins, and what stands before it: scheme and authority.
std::size_t path_of(std::string_view url);
std::string_view origin_of(std::string_view url);

} // namespace invited::handlers
