#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "store/providers/provider_settings.hpp"

#include <string_view>

namespace invited::handlers {

/// What is known of the invite that a problem is about.
struct problem_subject {
  std::string_view locale{};                        ///< the invite's; empty: none or not known
  const store::provider_settings* clinic = nullptr; ///< null: not known
};

/// A problem with a patient's request, for a person in a browser. One that ended an invite lets ask for a new
/// link: only POST .../redeem has those, so "ask" is beside it.
response problem_page(const problem& p, const request& r, const problem_subject& about = {});

} // namespace invited::handlers
