#pragma once

#include "handlers/values/birth_date.hpp"
#include "handlers/values/values.hpp"
#include "store/invites/challenge.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// Normalises a code: it drops white space, hyphens, dashes and invisible characters, takes digits of every
/// script as 0 to 9 and full-width characters as ASCII (typed_char), folds the case of all letters (Unicode's
/// full case folding), and composes what is left (NFC). Everything else must be typed exactly. 4 to 64
/// characters (code points) must be left. For ASCII no library is asked.
checked<std::string> read_code(std::string_view text);

/// The right answer of a new invite, normalised. A birth date must be strictly YYYY-MM-DD, in digits of any
/// script, and not after the date at `now` (seconds since 1970) anywhere on earth.
checked<std::string> read_right_answer(store::challenge_kind kind, std::string_view text, std::int64_t now);

/// An answer that somebody gave.
struct given_answer {
  store::challenge answer;
  std::optional<store::challenge> older{}; ///< as read_older_code() has it, where that is another text
};

/// A given answer, normalised. Dates are read by `style`, or strictly as YYYY-MM-DD if there is none, within
/// the same limits as the right one. A text that cannot be right for any challenge is a flaw, so that a slip
/// costs no attempt. This reveals nothing. A code counts as possible where either of its forms is.
checked<given_answer> read_given_answer(store::challenge_kind kind, std::string_view text,
                                        const std::optional<date_style>& style, std::int64_t now);

} // namespace invited::handlers
