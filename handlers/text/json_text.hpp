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

} // namespace invited::handlers
