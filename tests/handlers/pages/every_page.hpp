#pragma once

#include "handlers/http/response.hpp"
#include "handlers/pages/language.hpp"
#include "store/providers/provider_settings.hpp"

#include <string>
#include <vector>

namespace invited::handlers {

/// A rendered page, and a name that says what it shows.
struct rendered_page {
  std::string name;
  response answer;
};

/// Every page in each of its states, in one language, for a clinic with name and phone, with only one of
/// them, and with neither.
std::vector<rendered_page> every_page(const page_texts& texts);

} // namespace invited::handlers
