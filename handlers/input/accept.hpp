#pragma once

#include <cstdint>
#include <string_view>

namespace invited::handlers {

enum class answer_type : std::uint8_t { json, html };

/// Which of the two an Accept field asks for (RFC 9110 §12.5.1). HTML only for who names it (text/html or
/// application/xhtml+xml, as browsers do) with a weight above 0 and no lower than JSON's; everyone else, also
/// with no field, `*/*` or something unreadable, is a program and gets JSON.
answer_type negotiate(std::string_view field);

} // namespace invited::handlers
