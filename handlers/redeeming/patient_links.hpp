#pragma once

#include <string>

namespace invited::handlers {

/// The URLs that answers to patients need.
struct patient_links {
  std::string base_url;       ///< without a trailing slash
  std::string assessment_url; ///< the URL to which a redeemed invite leads
};

} // namespace invited::handlers
