#pragma once

#include "handlers/pages/html.hpp"
#include "handlers/pages/icons.hpp"
#include "handlers/pages/language.hpp"
#include "handlers/pages/texts.hpp"

#include <optional>
#include <string_view>

namespace invited::handlers {

/// Why a link leads nowhere any more, and what to do.
struct shown_ending {
  icon sign;
  const titled_text& says;
};

/// By the name of a state or a problem's code; nothing where the link may still be good.
std::optional<shown_ending> ending_named(std::string_view name, const page_texts& texts);

/// The part of a page that says so, and lets ask for a new link; `links` as in invite_page.
html ended_main(const shown_ending& end, std::string_view links, const page_language& in);

} // namespace invited::handlers
