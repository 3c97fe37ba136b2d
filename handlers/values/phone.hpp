#pragma once

#include "handlers/values/values.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// `+` and 7-15 digits, the first not 0 (ITU-T E.164).
bool is_e164(std::string_view text);

/// Reads a phone number into E.164. What typed_trim() trims does not count, and digits may be of any script.
/// "" means none, and gives "". libphonenumber reads every spelling, as dialled in `default_region` (ISO
/// 3166-1, "US"), so a number has one outcome whatever its blanks and brackets. With a + it must be possible
/// in its country; without one the country is a guess, and the number must exist in the library's numbering
/// plans. A build without the library knows only `+` and digits, and takes them as they are. Thread-safe. It
/// takes tens of microseconds, or nanoseconds for +1 and ten digits.
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
