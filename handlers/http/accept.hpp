#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace invited::handlers {

enum class answer_type : std::uint8_t { json, html };

/// Which of the two types an Accept field asks for (RFC 9110 §12.5.1). It is HTML only if the field names it
/// (text/html or application/xhtml+xml, as browsers do) with a weight above 0 and not below that of JSON, or
/// if it names text/* with a weight above that of JSON. Otherwise the client is a program and gets JSON, also
/// for no field, `*/*` or an unreadable field.
answer_type negotiate(std::string_view field);

/// Whether an Accept-Encoding field names gzip, or `*`, with a weight above 0 (RFC 9110 §12.5.3). False
/// without a field, although that allows anything: clients that can unpack gzip say so.
bool takes_gzip(std::string_view field);

/// Which of the languages `offered` (tags of one subtag, in small letters) an Accept-Language field prefers
/// (RFC 9110 §12.5.4). `es` matches each range that is `es` or begins with `es-`, and `*` matches the
/// languages that no range names. The highest weight wins; of equal weights, the first in the field. Nothing
/// if the field accepts none of them.
std::optional<std::size_t> best_language(std::string_view field, std::span<const std::string_view> offered);

} // namespace invited::handlers
