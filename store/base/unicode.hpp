#pragma once

#include <string>
#include <string_view>

namespace invited::store {

/// The value of a decimal digit of any script: Unicode's general category Nd, which has Arabic-Indic digits,
/// full-width ones and mathematical ones. -1 if `c` is none.
int decimal_value(char32_t c);

/// `text` (UTF-8) in full case folding and then composed (NFC). Texts that differ only in capitals, or in how
/// their accents are put together, give the same bytes. What is folded stays as it is when it is folded
/// again.
std::string folded(std::string_view text);

} // namespace invited::store
