#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "store/providers/provider_settings.hpp"

#include <string_view>

namespace invited::handlers {

/// What is known of the invite that a problem is about.
struct problem_subject {
  std::string_view locale{}; ///< that of the invite; empty if it has none or is not known
  const store::provider_settings* clinic = nullptr; ///< null if not known
};

/// A problem for a person in a browser, in a patient's words: whoever is not a patient can read them, too. If
/// it is about a link that has ended, the patient can ask for a new one. Of a link's calls only POST
/// .../redeem has such problems, so the form's address is "ask" next to it.
response problem_page(const problem& p, const request& r, const problem_subject& about = {});

} // namespace invited::handlers
