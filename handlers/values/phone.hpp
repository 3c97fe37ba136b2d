#pragma once

#include "handlers/values/values.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// `+` and 7-15 digits, the first not 0 (ITU-T E.164).
bool is_e164(std::string_view text);

/// Reads a phone number into E.164. White space around it does not count; "" is none, and gives "".
/// Spellings other than E.164 are read by libphonenumber, as dialled in `default_region` (ISO 3166-1, "US");
/// a build without it refuses them. Thread-safe; 10-20 microseconds for such spellings, nanoseconds for
/// E.164.
checked<std::string> read_phone(std::string_view text, const std::string& default_region);

/// A number in E.164 as people read it, +1 415-555-0123; as it is in a build without libphonenumber.
std::string readable_phone(std::string_view e164);

/// Whether this build has libphonenumber.
bool reads_any_phone_spelling();

/// Whether `region` may be a default region: known to the library; two capital letters in a build without it.
/// Loads the library's tables (some milliseconds), so calling it at start keeps that off the first request.
bool is_phone_region(const std::string& region);

} // namespace invited::handlers
