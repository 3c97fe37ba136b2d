#pragma once

#include <optional>
#include <string_view>

namespace invited::handlers {

/// The value of the first cookie called `name` (case matters) in a Cookie field (RFC 6265 §4.2.1), without
/// the quotes around it; a view into `field`. Nothing if there is none, or if its value is not a cookie-value
/// (§4.1.1).
std::optional<std::string_view> find_cookie(std::string_view field, std::string_view name);

} // namespace invited::handlers
