#pragma once

#include "handlers/http/response.hpp"
#include "handlers/pages/language.hpp"
#include "store/providers/provider_settings.hpp"

#include <string>
#include <vector>

namespace invited::handlers {

/// A page as it was rendered, and a name for it that says what it shows.
struct rendered_page {
  std::string name;
  response answer;
};

/// Every page in every state that it can be in, in one language, for a clinic with name and phone, with one
/// of them, and with none.
std::vector<rendered_page> every_page(const page_texts& texts);

} // namespace invited::handlers
