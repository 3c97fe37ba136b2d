#pragma once

#include "handlers/values/values.hpp"

#include <optional>
#include <string_view>

namespace invited::handlers {

/// Whose password it is to be.
struct password_owner {
  std::string_view username;
  std::string_view name{}; ///< for people to read; may be empty
};

/// Why `typed` cannot be a new password, by NIST SP 800-63B-4 §3.1.1.2; judged when one is set and never at a
/// sign-in, so that nobody is shut out by a rule that came later:
///
/// - `forbidden_character`: no UTF-8, or a control character.
/// - `too_long`, `too_short`: over 1,024 bytes; under 15 code points in its normal form
///   (store/crypto/password_text.hpp).
/// - `is_user_name`, `too_common`: one of the owner's names; a password that many people have
///   (common_passwords.hpp), this program's name, or a row such as 1234567890 or abcdefg. Each also repeated,
///   or with digits, punctuation and spaces around and within it, and whatever the case.
/// - `too_repetitive`: what is repeated counts once, and then 15 code points are too many to be left.
///
/// Which characters there are is nobody's business. The message is of the rule, and holds nothing of `typed`.
checked<> check_new_password(std::string_view typed, const password_owner& of);

} // namespace invited::handlers
