#pragma once

#include "handlers/http/request.hpp"
#include "handlers/pages/texts.hpp"

#include <span>
#include <string>
#include <string_view>

namespace invited::handlers {

/// The language of a page, and whether Accept-Language decided it.
struct page_language {
  const page_texts* texts;
  bool negotiated;
};

/// All languages of the pages. The first is for readers who want none of them.
std::span<const page_texts* const> page_languages();

/// The language of `?lang=`, which the page's own links and forms set. Otherwise it is that of the invite's
/// locale, otherwise that of Accept-Language. A language that we do not have is passed over.
page_language language_for(const request& r, std::string_view locale = {});

/// "?lang=es" for a link that must lead to a page in this language, whatever the browser prefers; empty if
/// the browser's preference decided it and will do so again.
std::string language_query(const page_language& in);

} // namespace invited::handlers
