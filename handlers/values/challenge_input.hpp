#pragma once

#include "handlers/values/birth_date.hpp"
#include "handlers/values/values.hpp"
#include "store/invites/challenge.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// Normalises a code: white space, hyphens and dashes, and characters without a shape of their own
/// are dropped, ASCII letters become small ones. What else there is must be typed as it is. 4 to 64
/// characters (code points) must be left.
checked<std::string> read_code(std::string_view text);

/// The right answer of a new invite, normalised. A birth date is strictly YYYY-MM-DD and not after
/// `now` (seconds since 1970) anywhere on earth.
checked<std::string> read_right_answer(store::challenge_kind kind, std::string_view text, std::int64_t now);

/// What somebody gives as an answer, normalised. Dates are read by `style`, or strictly as
/// YYYY-MM-DD where there is none. What can be no right answer to any challenge is a flaw, so that a slip
/// costs no attempt; it tells nobody anything.
checked<std::string> read_given_answer(store::challenge_kind kind, std::string_view text,
                                       const std::optional<date_style>& style);

} // namespace invited::handlers
