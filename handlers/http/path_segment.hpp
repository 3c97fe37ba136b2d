#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// A segment of a path as it was meant (RFC 3986 §2.1): clients may escape what need not be, such as ':'.
/// Nothing for an escape that is none.
std::optional<std::string> decode_segment(std::string_view segment);

} // namespace invited::handlers
