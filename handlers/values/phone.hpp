#pragma once

#include "handlers/values/values.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// `+` and 7-15 digits, the first not 0 (ITU-T E.164).
bool is_e164(std::string_view text);

/// Reads a phone number into E.164. White space around it does not count. "" means none, and gives "".
/// libphonenumber reads other spellings, as dialled in `default_region` (ISO 3166-1, "US"); a build
/// without it refuses them. Thread-safe. It takes 10-20 microseconds for such spellings, nanoseconds for
/// E.164.
checked<std::string> read_phone(std::string_view text, const std::string& default_region);

/// A number in E.164 in its readable form, +1 415-555-0123; unchanged in a build without libphonenumber.
std::string readable_phone(std::string_view e164);

/// Whether this build has libphonenumber.
bool reads_any_phone_spelling();

/// Whether `region` may be a default region: known to the library; two capital letters in a build without it.
/// Loads the library's tables, which takes some milliseconds. Call it at the start, so that the first request
/// does not wait for them.
bool is_phone_region(const std::string& region);

} // namespace invited::handlers
