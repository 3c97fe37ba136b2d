#pragma once

#include "handlers/values/values.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// What comes first in a date whose year stands at its end.
enum class date_order : std::uint8_t { day, month, unsure };

/// How people of a locale write a date in digits.
struct date_style {
  date_order order;
  std::string_view pattern; ///< to be shown, as DD/MM/YYYY; static storage
};

/// By CLDR's short dates, as far as everybody there keeps to them. `unsure` for an empty locale, for one
/// whose people write both (en alone, en-CA, es-US) or put the year first (ja, sv), and for one that is not
/// known here.
date_style date_style_of(std::string_view locale);

/// YYYY-MM-DD (RFC 3339 full-date), a day that there is, and not before 1900: nobody alive was born earlier,
/// while 0001-01-01, 1753-01-01 and 1899-12-30 are how software says that it knows no date.
bool is_birth_date(std::string_view text);

/// Reads what a person typed, and gives it as YYYY-MM-DD. The year has four digits and stands first, or last
/// and then after day and month in the style's order; between them stands '/', '.' or '-', or nothing where
/// all eight digits are there (some phones' digit keys offer no more). White space and invisible characters
/// do not count. Where the order is unsure, only what can be one day alone is taken. `invalid_date` or
/// `ambiguous_date`.
checked<std::string> read_birth_date(std::string_view text, const date_style& style);

} // namespace invited::handlers
