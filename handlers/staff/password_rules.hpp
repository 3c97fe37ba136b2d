#pragma once

#include "handlers/values/values.hpp"

#include <optional>
#include <string_view>

namespace invited::handlers {

/// The owner of a new password.
struct password_owner {
  std::string_view username;
  std::string_view name{}; ///< for display; may be empty
};

/// Why `typed` cannot be a new password, by NIST SP 800-63B-4 §3.1.1.2. Passwords are checked when they are
/// set and never at a sign-in, so that a later rule does not lock anybody out:
///
/// - `forbidden_character`: it is not UTF-8, or has a control character.
/// - `too_long`, `too_short`: over 1,024 bytes; under 15 code points in its normal form
///   (store/crypto/password_text.hpp).
/// - `is_user_name`, `too_common`: one of the owner's names; a password that many people have
///   (common_passwords.hpp), this program's name, or a row such as 1234567890 or abcdefg. Case does not
///   matter, and repetitions, digits, punctuation and spaces around or inside do not help.
/// - `too_repetitive`: repeated parts count once, and then fewer than 15 code points are left.
///
/// There is no rule about kinds of characters. The message is about the rule, and holds nothing of `typed`.
checked<> check_new_password(std::string_view typed, const password_owner& of);

} // namespace invited::handlers
