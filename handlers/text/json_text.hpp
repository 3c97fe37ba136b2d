#pragma once

#include <string>
#include <string_view>

namespace invited::handlers {

/// Appends `text` to `out` as a JSON string with its quotes (RFC 8259 §7). `text` must be UTF-8; it is not
/// checked. Besides what JSON demands, "<" is escaped, so that the text may stand in an HTML script element.
void append_json_string(std::string& out, std::string_view text);

/// Appends a member whose name, with quotes, colon and whatever stands before it, is `quoted_name`: a string,
/// or null where the text is empty.
void append_json_member(std::string& out, std::string_view quoted_name, std::string_view text);

} // namespace invited::handlers
