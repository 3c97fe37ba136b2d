#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// Why a value is refused. The message says what is right, and never repeats the value, because it may be a
/// patient's.
struct flaw {
  std::string_view code; ///< stable, snake_case, static storage
  std::string message;
};

// The rules for single values. Each takes well-formed UTF-8, and returns nothing if the value is good. None
// allocates in that case.

/// An address by RFC 5321 §4.1.2 (dot-string local part, not a quoted one) and RFC 6531 §3.3 (any UTF-8
/// beyond ASCII in both parts): at most 254 bytes, 64 before the '@', a domain of two or more labels.
std::optional<flaw> check_email(std::string_view text);

/// A name of 1-100 code points after trimming. `text` is trimmed in place.
std::optional<flaw> check_name(std::string_view& text);

/// `[A-Za-z0-9._:-]{1,64}`
std::optional<flaw> check_provider_id(std::string_view text);

/// The shape of a BCP 47 tag (language, then subtags), at most 35 bytes. The registry is not consulted.
std::optional<flaw> check_locale(std::string_view text);

/// Seconds from now, within the limits.
std::optional<flaw> check_expires_in(std::int64_t seconds, std::chrono::seconds least,
                                     std::chrono::seconds most);

/// `[A-Za-z0-9_-]{16,128}`
std::optional<flaw> check_redeem_key(std::string_view text);

/// The answer to a challenge: at most 200 code points, no control characters.
std::optional<flaw> check_answer(std::string_view text);

} // namespace invited::handlers
