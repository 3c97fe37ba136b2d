#pragma once

#include <string>
#include <string_view>

namespace invited::handlers {

/// Appends `text` to `out` as a JSON string with its quotes (RFC 8259 §7). `text` must be UTF-8; it is not
/// checked. Besides what JSON demands, "<" is escaped, so that the text may stand in an HTML script element.
void append_json_string(std::string& out, std::string_view text);

} // namespace invited::handlers
