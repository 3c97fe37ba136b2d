#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace invited::store {

/// `text` with its percent-encoding (RFC 3986 §2.1) undone. A URL may escape characters that need no escape,
/// such as ':'. Nothing if two hex digits do not follow a '%'. The result may hold any byte, also a NUL.
std::optional<std::string> percent_decode(std::string_view text);

} // namespace invited::store
