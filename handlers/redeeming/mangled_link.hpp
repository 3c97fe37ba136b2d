#pragma once

#include <optional>
#include <string_view>

namespace invited::handlers {

/// The invite's id at the front of a path's segment that has something else behind it: mail programs take a
/// full stop, a bracket, a quotation mark or an invisible character after a link for a part of it. Nothing if
/// no id is there, or if a letter or digit follows, because then it was another text.
std::optional<std::string_view> id_before_junk(std::string_view segment);

} // namespace invited::handlers
