#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace invited::store {

/// `text` with its percent-encoding (RFC 3986 §2.1) undone: whoever writes a URL may escape what need not be,
/// such as ':'. Nothing for a '%' that two hex digits do not follow. The result may hold any byte, a NUL too.
std::optional<std::string> percent_decode(std::string_view text);

} // namespace invited::store
