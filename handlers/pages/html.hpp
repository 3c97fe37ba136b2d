#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace invited::handlers {

/// Appends text as HTML, for element content and double-quoted attributes.
void append_html(std::string& out, std::string_view text);

/// A name as HTML that keeps its own direction of writing within running text (bdi).
std::string isolated_html(std::string_view name);

/// What goes into a text in place of `name`, which it has as "{name}".
struct slot {
  std::string_view name;
  std::string_view html; ///< HTML already
};

/// Appends text as HTML, its slots filled. One that is not given stays as it is written.
void append_filled(std::string& out, std::string_view text, std::initializer_list<slot> slots);

} // namespace invited::handlers
