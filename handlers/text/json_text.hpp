#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace invited::handlers {

/// Named texts, which become the members of an object, in this order. The names have static storage.
using text_members = std::vector<std::pair<std::string_view, std::string>>;

/// Appends `text` to `out` as a JSON string with its quotes (RFC 8259 §7). `text` must be UTF-8; it is not
/// checked. It also escapes "<", so that the text can be in an HTML script element.
void append_json_string(std::string& out, std::string_view text);

/// Appends a member: a string, or null if the text is empty. `quoted_name` is its name with quotes, colon and
/// everything before it.
void append_json_member(std::string& out, std::string_view quoted_name, std::string_view text);

} // namespace invited::handlers
