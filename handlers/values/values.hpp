#pragma once

#include <boost/system/result.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace invited::handlers {

/// Why a value is refused. The message says what is right, and never repeats the value, because it may be a
/// patient's.
struct flaw {
  flaw() = default;
  /// No aggregate: a text alone would otherwise make one, and could be meant as the value or as the flaw.
  flaw(std::string_view stable_code, std::string says) : code(stable_code), message(std::move(says)) {}

  std::string_view code; ///< stable, snake_case, static storage
  std::string message;
};

/// A single value that was taken, normalised where it has several spellings, or its flaw.
template <class T = void>
using checked = boost::system::result<T, flaw>;

// The rules for single values. Each takes well-formed UTF-8. None allocates if the value is good.

/// An address by RFC 5321 §4.1.2 (dot-string local part, not a quoted one) and RFC 6531 §3.3 (any UTF-8
/// beyond ASCII in both parts): at most 254 bytes, 64 before the '@', a domain of two or more labels.
checked<> check_email(std::string_view text);

/// The same of a text that somebody typed or pasted, trimmed (typed_trim): a view into `text`.
checked<std::string_view> read_email(std::string_view text);

/// The same, but a text of nothing else than what is trimmed means none, and gives "".
checked<std::string_view> read_optional_email(std::string_view text);

/// A name of 1-100 code points, trimmed (typed_trim, but marks that change the direction are refused): a view
/// into `text`.
checked<std::string_view> read_name(std::string_view text);

/// A portal's own reference: 1-128 visible code points, so at most 512 bytes. White space around it does not
/// count, nor does what else typed_trim() trims, but marks that change the direction are refused. It is
/// compared byte by byte. An empty text means none, and gives "". A view into `text`.
checked<std::string_view> read_external_id(std::string_view text);

/// `[A-Za-z0-9._:-]{1,64}`
checked<> check_provider_id(std::string_view text);

/// The shape of a BCP 47 tag (language, then subtags), at most 35 bytes. The registry is not consulted. It
/// may have `_` for `-`, as in POSIX and Java. An empty text is no locale, as a form's select sends it.
checked<std::string> read_locale(std::string_view text);

/// Seconds from now, within the limits.
checked<> check_expires_in(std::int64_t seconds, std::chrono::seconds least, std::chrono::seconds most);

/// `[A-Za-z0-9_-]{16,128}`
checked<> check_redeem_key(std::string_view text);

/// The answer to a challenge: at most 200 code points, no control characters.
checked<> check_answer(std::string_view text);

} // namespace invited::handlers
