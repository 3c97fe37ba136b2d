#pragma once

#include <string>

namespace invited::handlers {

/// What patients' answers need to know of the outside.
struct patient_links {
  std::string base_url;       ///< without a trailing slash
  std::string assessment_url; ///< where a redeemed invite leads
};

} // namespace invited::handlers
