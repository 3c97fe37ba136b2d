#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace invited::store {

/// A password as it is hashed and compared, so that it is the same one from every keyboard: RFC 8265's
/// OpaqueString (§4.2.1), which turns every space into U+0020, then composes (NFC), and keeps the case.
/// Nothing where there is no such form: the text is empty, no UTF-8, or holds a control character. What else
/// the profile forbids (characters that Unicode has not assigned yet) is taken: a newer telephone may know
/// them. At most three times as long as `typed`. The caller wipes it.
std::optional<std::string> normal_password(std::string_view typed);

/// `normal` without case, and without what merely looks different (NFKC): for comparing with words. The
/// caller wipes it.
std::string folded_password(std::string_view normal);

} // namespace invited::store
