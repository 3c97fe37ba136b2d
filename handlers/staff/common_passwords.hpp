#pragma once

#include <string_view>

namespace invited::handlers {

/// Whether `lines`, each ended by '\n' and in the order of their bytes, hold `line`. By bisection.
bool holds_line(std::string_view lines, std::string_view line);

/// Whether many people have this very password. `folded` has small letters. Never where the server was built
/// without the list (assets::common_passwords).
bool is_common_password(std::string_view folded);

} // namespace invited::handlers
