#include "handlers/values/challenge_input.hpp"

#include "handlers/text/typed.hpp"
#include "handlers/text/utf8.hpp"
#include "handlers/time/time_text.hpp"
#include "handlers/values/older_code.hpp"
#include "store/base/ascii.hpp"
#include "store/base/unicode.hpp"

#include <chrono>

namespace invited::handlers {
namespace {

constexpr std::size_t shortest_code = 4; // code points, like the other
constexpr std::size_t longest_code = 64;

/// The date at `now` where days begin first, fourteen hours before UTC.
std::string latest_today(std::int64_t now) {
  constexpr std::chrono::milliseconds ahead = std::chrono::hours(14);
  std::string text;
  append_time(text, now * 1000 + ahead.count());
  text.resize(10);
  return text;
}

/// ASCII has one form. Beyond it, a text that only an older server would take can still be the right answer
/// to one of its invites.
checked<given_answer> read_given_code(std::string_view text) {
  constexpr store::challenge_kind kind = store::challenge_kind::code;
  checked<std::string> code = read_code(text);
  std::optional<std::string> older;
  if (!store::is_ascii(text)) older = read_older_code(text);
  if (!code && !older) return std::move(code).error();
  if (!code) return given_answer{{kind, *std::move(older)}, {}};
  given_answer given{{kind, *std::move(code)}, {}};
  if (older && *older != given.answer.answer) given.older = {kind, *std::move(older)};
  return given;
}

flaw not_iso() {
  return {"invalid_date", "A date of birth must be a day from 1900 on, written YYYY-MM-DD."};
}

checked<std::string> read_iso_date(std::string_view text, std::int64_t now) {
  std::string date = typed_ascii(text);
  if (!is_birth_date(date)) return not_iso();
  if (date > latest_today(now)) return birth_to_come();
  return date;
}

} // namespace

checked<std::string> read_code(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t c = typed_char(utf8_take(text));
    if (is_unseen(c) || is_dash(c)) continue;
    if (is_control(c)) return flaw{"forbidden_character", "A code must not have control characters."};
    if (c < 0x80) {
      out += store::ascii_lower(static_cast<char>(c));
    } else {
      out += before.substr(0, before.size() - text.size());
    }
  }
  if (!store::is_ascii(out)) out = store::folded(out);
  const std::size_t length = utf8_count(out);
  constexpr const char* right = "A code must have 4 to 64 characters, not counting spaces and hyphens.";
  if (length < shortest_code) return flaw{"too_short", right};
  if (length > longest_code) return flaw{"too_long", right};
  return out;
}

checked<std::string> read_right_answer(store::challenge_kind kind, std::string_view text, std::int64_t now) {
  if (kind == store::challenge_kind::code) return read_code(text);
  return read_iso_date(text, now);
}

checked<given_answer> read_given_answer(store::challenge_kind kind, std::string_view text,
                                        const std::optional<date_style>& style, std::int64_t now) {
  if (kind == store::challenge_kind::code) return read_given_code(text);
  checked<std::string> date =
      style ? read_birth_date(text, *style, latest_today(now)) : read_iso_date(text, now);
  if (!date) return std::move(date).error();
  return given_answer{{kind, *std::move(date)}, {}};
}

} // namespace invited::handlers
