#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace invited::store {

/// A password as it is hashed and compared, so that every keyboard gives the same one. This is RFC 8265's
/// OpaqueString (§4.2.1): it turns every space into U+0020, composes (NFC), and keeps the case. Nothing if
/// there is no such form: the text is empty, is not UTF-8, or holds a control character. The profile also
/// forbids characters that Unicode has not assigned yet; these are taken, because a newer telephone may know
/// them. At most three times as long as `typed`. The caller wipes it.
std::optional<std::string> normal_password(std::string_view typed);

/// `normal` without case and without differences that are only visual (NFKC), for comparing with words. The
/// caller wipes it.
std::string folded_password(std::string_view normal);

} // namespace invited::store
