#pragma once

#include "handlers/pages/html.hpp"
#include "handlers/pages/icons.hpp"
#include "handlers/pages/language.hpp"
#include "handlers/pages/texts.hpp"

#include <optional>
#include <string_view>

namespace invited::handlers {

/// Why a link no longer leads anywhere, and what the patient can do.
struct shown_ending {
  icon sign;
  const titled_text& says;
};

/// The ending for the name of a state or a problem's code; nothing if the link may still be good.
std::optional<shown_ending> ending_named(std::string_view name, const page_texts& texts);

/// The part of a page that says so, with a form that asks for a new link. `links` is as in invite_page.
html ended_main(const shown_ending& end, std::string_view links, const page_language& in);

} // namespace invited::handlers
