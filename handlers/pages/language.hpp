#pragma once

#include "handlers/http/request.hpp"
#include "handlers/pages/texts.hpp"

#include <span>
#include <string>
#include <string_view>

namespace invited::handlers {

/// The language of one page, and whether it followed from Accept-Language.
struct page_language {
  const page_texts* texts;
  bool negotiated;
};

/// All that the pages can be had in; the first is for who wants none of them.
std::span<const page_texts* const> page_languages();

/// What `?lang=` asks for, as the page's own links and forms do; else the invite's locale; else
/// Accept-Language. Each as far as the language is one of ours.
page_language language_for(const request& r, std::string_view locale = {});

/// "?lang=es", behind a link that shall lead to a page in this language whatever the browser's languages;
/// empty where these have chosen it and will again.
std::string language_query(const page_language& in);

} // namespace invited::handlers
