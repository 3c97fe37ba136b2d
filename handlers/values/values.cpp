#include "handlers/values/values.hpp"

#include "handlers/text/charset.hpp"
#include "handlers/text/typed.hpp"
#include "handlers/text/utf8.hpp"

#include <algorithm>

namespace invited::handlers {

namespace {

constexpr charset printable_ascii(" -~");
constexpr charset visible_ascii("!-~");
constexpr charset provider_characters("A-Za-z0-9._:-");
constexpr charset redeem_characters("A-Za-z0-9_-");
constexpr charset letters("A-Za-z");
constexpr charset letters_and_digits("A-Za-z0-9");

constexpr std::size_t longest_name = 100;        // code points
constexpr std::size_t longest_answer = 200;      // code points
constexpr std::size_t longest_external_id = 128; // code points
constexpr std::size_t longest_provider_id = 64;  // bytes, as all below
constexpr std::size_t longest_locale = 35;       // RFC 5646 §4.4.1
constexpr std::size_t shortest_redeem_key = 16;
constexpr std::size_t longest_redeem_key = 128;

/// Takes the first subtag off `tag`: 1-8 letters and digits (RFC 5646 §2.1); empty if there is none.
std::string_view take_subtag(std::string_view& tag) {
  const std::size_t end = tag.find('-');
  const std::string_view subtag = tag.substr(0, end);
  // A '-' at the very end stays, and is refused as the next subtag.
  tag.remove_prefix(end == std::string_view::npos ? tag.size() : end + 1 < tag.size() ? end + 1 : end);
  if (subtag.size() > 8 || !letters_and_digits.holds_all(subtag)) return {};
  return subtag;
}

bool has_locale_shape(std::string_view tag) {
  const std::string_view language = take_subtag(tag);
  if (language.size() < 2 || !letters.holds_all(language)) return false;
  std::size_t last = language.size();
  while (!tag.empty()) {
    last = take_subtag(tag).size();
    if (last == 0) return false;
  }
  return last != 1; // a single character opens an extension, which must not be empty
}

} // namespace

checked<std::string_view> read_name(std::string_view text) {
  text = utf8_trim(text);
  // Most names need no closer look.
  if (!text.empty() && text.size() <= longest_name && printable_ascii.holds_all(text)) return text;
  for (std::string_view rest = text; !rest.empty();) {
    const char32_t c = utf8_take(rest);
    if (is_control(c) || is_deceptive(c))
      return flaw{"forbidden_character",
                  "A name must not have control characters, or characters that change the direction of "
                  "writing."};
  }
  text = typed_trim(text);
  std::size_t length = 0;
  bool visible = false;
  for (std::string_view rest = text; !rest.empty(); ++length)
    visible = !is_unseen(utf8_take(rest)) || visible;
  if (!visible) return flaw{"empty", "A name must have at least one visible character."};
  if (length > longest_name) return flaw{"too_long", "A name must have at most 100 characters."};
  return text;
}

checked<std::string_view> read_external_id(std::string_view text) {
  text = utf8_trim(text);
  if (text.size() <= longest_external_id && visible_ascii.holds_all(text)) return text; // as nearly all
  const std::string_view whole = text;
  text = typed_trim(text);
  std::size_t length = 0;
  bool good = true;
  for (std::string_view rest = whole; !rest.empty();) good = !is_deceptive(utf8_take(rest)) && good;
  for (std::string_view rest = text; !rest.empty(); ++length) {
    const char32_t c = utf8_take(rest);
    good = !is_control(c) && !is_unseen(c) && good;
  }
  if (!good)
    return flaw{"forbidden_character",
                "A reference must have only visible characters, and no spaces within."};
  if (length > longest_external_id) return flaw{"too_long", "A reference must have at most 128 characters."};
  return text;
}

checked<> check_provider_id(std::string_view text) {
  if (text.empty()) return flaw{"empty", "A provider id must have 1 to 64 characters."};
  if (!provider_characters.holds_all(text))
    return flaw{"forbidden_character",
                "A provider id must have only the letters A-Z and a-z, digits and . _ : -"};
  if (text.size() > longest_provider_id)
    return flaw{"too_long", "A provider id must have at most 64 characters."};
  return {};
}

checked<std::string> read_locale(std::string_view text) {
  if (text.size() > longest_locale) return flaw{"too_long", "A locale must have at most 35 characters."};
  std::string tag(text);
  std::ranges::replace(tag, '_', '-');
  if (!tag.empty() && !has_locale_shape(tag))
    return flaw{"invalid_locale", "A locale must be a language tag such as en, de-CH or zh-Hant-TW."};
  return tag;
}

checked<> check_expires_in(std::int64_t seconds, std::chrono::seconds least, std::chrono::seconds most) {
  if (seconds >= least.count() && seconds <= most.count()) return {};
  return flaw{"out_of_range", "This must be between " + std::to_string(least.count()) + " and " +
                                  std::to_string(most.count()) + " seconds."};
}

checked<> check_redeem_key(std::string_view text) {
  constexpr const char* right =
      "A redeem key must have 16 to 128 characters of the letters A-Z and a-z, digits, _ and -";
  if (!redeem_characters.holds_all(text)) return flaw{"forbidden_character", right};
  if (text.size() < shortest_redeem_key) return flaw{"too_short", right};
  if (text.size() > longest_redeem_key) return flaw{"too_long", right};
  return {};
}

checked<> check_answer(std::string_view text) {
  std::size_t length = 0;
  for (std::string_view rest = text; !rest.empty(); ++length)
    if (is_control(utf8_take(rest)))
      return flaw{"forbidden_character", "An answer must not have control characters."};
  if (length > longest_answer) return flaw{"too_long", "An answer must have at most 200 characters."};
  return {};
}

} // namespace invited::handlers
