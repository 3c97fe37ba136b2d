#pragma once

#include <string>
#include <string_view>

namespace invited::server {

/// Appends `text` as a JSON string (RFC 8259 §7), quotes included. Control characters are escaped, so that a
/// line stays one line. Every maximal piece that is not UTF-8 (Unicode 15 §3.9) becomes one \ufffd.
void append_json_string(std::string& out, std::string_view text);

/// Whether `text` needs no escape between the quotes: it is ASCII without control characters, `"` and `\`.
/// Nearly every text of a log line is.
bool is_plain_json(std::string_view text);

} // namespace invited::server
