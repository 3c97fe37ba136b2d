#pragma once

#include "handlers/values/values.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// What comes first in a date that ends with the year.
enum class date_order : std::uint8_t { day, month, unsure };

/// How people of a locale write a date in digits.
struct date_style {
  date_order order;
  std::string_view pattern; ///< for display, as DD/MM/YYYY; static storage
};

/// Follows CLDR's short dates, if everybody of the locale uses them. `unsure` for an empty locale, for one
/// whose people write both (en alone, en-CA, es-US) or put the year first (ja, sv), and for an unknown one.
date_style date_style_of(std::string_view locale);

/// Whether it is YYYY-MM-DD (RFC 3339 full-date), a date that exists, and not before 1900. Nobody alive was
/// born earlier, and software writes 0001-01-01, 1753-01-01 and 1899-12-30 when it knows no date.
bool is_birth_date(std::string_view text);

/// Reads what a person typed, and gives it as YYYY-MM-DD. The year has four digits and comes first, or last
/// and then after day and month in the style's order. The parts are separated by '/', '.' or '-'. Nothing
/// separates them where all eight digits are there, because the digit keys of some phones offer no more.
/// White space and invisible characters do not count, digits may be of any script, and dashes of any kind. If
/// the order is unsure, only a text that can mean just one day is accepted; a day after `latest` (YYYY-MM-DD)
/// is none that counts. `invalid_date`, `ambiguous_date`, or `out_of_range` for a day after `latest`.
checked<std::string> read_birth_date(std::string_view text, const date_style& style, std::string_view latest);

/// That flaw.
flaw birth_to_come();

} // namespace invited::handlers
