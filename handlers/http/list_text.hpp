#pragma once

#include <string_view>

namespace invited::handlers {

/// Takes the text before the next `separator` that is outside of quotes off `list`, and the separator, too:
/// an element of a list, or a parameter (RFC 9110 §5.6.1, §5.6.6). Returns it without the blanks around it.
std::string_view take_until(char separator, std::string_view& list);

} // namespace invited::handlers
