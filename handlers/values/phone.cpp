#include "handlers/values/phone.hpp"

#include "handlers/text/charset.hpp"
#include "handlers/text/typed.hpp"
#include "handlers/text/utf8.hpp"

#include <cstdint>

// The only file that knows libphonenumber.
#ifdef INVITED_HAVE_PHONENUMBER
#include <phonenumbers/phonenumberutil.h>
#endif

namespace invited::handlers {

namespace {

constexpr charset digits("0-9");
constexpr std::size_t longest_spelling = 64; // bytes of ASCII; bounds the library's work
constexpr std::size_t longest_character = 4; // bytes of UTF-8

flaw invalid_phone() {
  return {
      "invalid_phone",
      reads_any_phone_spelling()
          ? "This cannot be read as a phone number. Please write + and the country code, as in +14155550123."
          : "A phone number must be + and 7 to 15 digits with the country code, as in +14155550123."};
}

flaw too_long() {
  return {"too_long", "A phone number must have at most 15 digits."};
}

/// What was typed, for a reader that knows ASCII: digits of every script as 0 to 9, and nothing invisible.
std::string plain_spelling(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view before = text;
    const char32_t c = typed_char(utf8_take(text));
    if (is_white_space(c)) {
      out += ' ';
    } else if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (!is_unseen(c)) {
      out += before.substr(0, before.size() - text.size());
    }
  }
  return out;
}

#ifdef INVITED_HAVE_PHONENUMBER
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

flaw needs_country_code(const std::string& region) {
  return {"invalid_phone", "There is no such number in " + region +
                               ". Please write + and the country code in front, as in +14155550123."};
}

/// Whether the library would return it unchanged: North America's numbers have ten digits, and their national
/// prefix is 1, with which none begins. A test holds this against the library. Every other number is read,
/// which takes some tens of microseconds.
bool is_settled(std::string_view text) {
  constexpr std::size_t size = std::string_view("+14155550123").size();
  return text.size() == size && text.starts_with("+1") && text[2] >= '2' && digits.holds_all(text.substr(1));
}

/// Until 2019 a 1 stood between Mexico's country code and the ten digits of a mobile number, and people still
/// write it. Older versions of the library drop it, newer ones refuse the number.
void drop_mobile_prefix_of_mexico(PhoneNumber& number) {
  constexpr std::uint64_t prefix = 10'000'000'000; // a 1 before ten digits
  if (number.country_code() == 52 && number.national_number() / prefix == 1)
    number.set_national_number(number.national_number() - prefix);
}

/// E.164, or a flaw if the library cannot make a possible number from it.
checked<std::string> read_once(const std::string& text, const std::string& region) {
  const PhoneNumberUtil& library = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  if (library.ParseAndKeepRawInput(text, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR)
    return invalid_phone();
  drop_mobile_prefix_of_mexico(number);
  // E.164 has no place for an extension; without it the call would reach someone else.
  if (number.has_extension()) return invalid_phone();
  // IsPossibleNumber() is also true for numbers without an area code, which nobody elsewhere can dial.
  if (library.IsPossibleNumberWithReason(number) != PhoneNumberUtil::IS_POSSIBLE) return invalid_phone();
  // Without a + the country is a guess. A number that only has the right length may be one of another
  // country, and a stranger's phone would ring.
  if (number.country_code_source() != PhoneNumber::FROM_NUMBER_WITH_PLUS_SIGN &&
      !library.IsValidNumber(number))
    return needs_country_code(region);
  std::string out;
  library.Format(number, PhoneNumberUtil::E164, &out);
  if (!is_e164(out)) return invalid_phone(); // "possible" has lengths by country; E.164 has its own
  return out;
}

/// Reads until nothing changes, so that every spelling of a number has one outcome, also the number as it was
/// read: the library drops a national prefix each time.
checked<std::string> read_spelling(const std::string& text, const std::string& region) {
  constexpr int most = 4;
  std::string now = text;
  for (int i = 0; i < most; ++i) {
    checked<std::string> read = read_once(now, region);
    if (!read || *read == now || is_settled(*read)) return read;
    now = *std::move(read);
  }
  return invalid_phone();
}
#else
bool is_settled(std::string_view text) {
  return is_e164(text);
}

checked<std::string> read_spelling(const std::string& text, const std::string&) {
  if (!is_e164(text)) return invalid_phone();
  return text;
}
#endif

} // namespace

bool is_e164(std::string_view text) {
  return text.size() >= 8 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
         digits.holds_all(text.substr(1));
}

checked<std::string> read_phone(std::string_view text, const std::string& default_region) {
  text = typed_trim(text);
  if (text.empty() || is_settled(text)) return std::string(text);
  if (text.size() > longest_character * longest_spelling) return too_long();
  const std::string plain = plain_spelling(text);
  if (plain.size() > longest_spelling) return too_long();
  return read_spelling(plain, default_region);
}

#ifdef INVITED_HAVE_PHONENUMBER
std::string readable_phone(std::string_view e164) {
  std::string text(e164);
  const PhoneNumberUtil& library = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  if (library.Parse(text, "ZZ", &number) == PhoneNumberUtil::NO_PARSING_ERROR)
    library.Format(number, PhoneNumberUtil::INTERNATIONAL, &text);
  return text;
}

bool reads_any_phone_spelling() {
  return true;
}

bool is_phone_region(const std::string& region) {
  return PhoneNumberUtil::GetInstance()->GetCountryCodeForRegion(region) != 0;
}
#else
std::string readable_phone(std::string_view e164) {
  return std::string(e164);
}

bool reads_any_phone_spelling() {
  return false;
}

bool is_phone_region(const std::string& region) {
  constexpr charset capitals("A-Z");
  return region.size() == 2 && capitals.holds_all(region);
}
#endif

} // namespace invited::handlers
