#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace invited::handlers {

enum class answer_type : std::uint8_t { json, html };

/// Which of the two an Accept field asks for (RFC 9110 §12.5.1). HTML only for who names it (text/html or
/// application/xhtml+xml, as browsers do) with a weight above 0 and no lower than JSON's; everyone else, also
/// with no field, `*/*` or something unreadable, is a program and gets JSON.
answer_type negotiate(std::string_view field);

/// Whether an Accept-Encoding field names gzip, or `*`, with a weight above 0 (RFC 9110 §12.5.3). False
/// without a field, when anything may be sent, too: who can unpack says so.
bool takes_gzip(std::string_view field);

/// Which of the languages `offered` (tags of one subtag, in small letters) an Accept-Language field would
/// rather have (RFC 9110 §12.5.4): `es` stands for each range that is `es` or begins with `es-`, `*` for the
/// languages that no range names; the highest weight wins, and of equal ones what the field has first.
/// Nothing where it wants none of them.
std::optional<std::size_t> best_language(std::string_view field, std::span<const std::string_view> offered);

} // namespace invited::handlers
