#pragma once

#include <string_view>

namespace invited::handlers {

/// Whether `lines` hold `line`, by bisection. Each line must end with '\n', and they must be sorted by their
/// bytes.
bool holds_line(std::string_view lines, std::string_view line);

/// Whether many people have this password. `folded` must be in small letters. Always false if the server was
/// built without the list (assets::common_passwords).
bool is_common_password(std::string_view folded);

} // namespace invited::handlers
