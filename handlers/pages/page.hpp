#pragma once

#include "handlers/http/response.hpp"
#include "handlers/pages/html.hpp"
#include "handlers/pages/language.hpp"
#include "handlers/pages/policy.hpp"
#include "store/providers/provider_settings.hpp"

#include <string>
#include <string_view>

namespace invited::handlers {

/// What a page's frame shows.
struct page_frame {
  const page_language& in;
  const store::provider_settings* clinic = nullptr; ///< sends the patient here; null if not known
  std::string_view request_id{};                    ///< where the log says more; empty if there is no problem
};

/// A page, whole in one answer: the frame around its `main` part, with the style in it.
response whole_page(unsigned status, const page_frame& frame, const html& main, const page_policy& allowed);

/// The address of a form: `act` below `links` (as in invite_page), in the language of this page.
std::string form_action(std::string_view links, std::string_view act, const page_language& in);

/// A clinic's name, which keeps its own writing direction within a text (bdi).
html clinic_name(const store::provider_settings& clinic);

} // namespace invited::handlers
