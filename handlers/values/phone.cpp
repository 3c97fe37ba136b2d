#include "handlers/values/phone.hpp"

#include "handlers/text/charset.hpp"
#include "handlers/text/utf8.hpp"

// The only file that knows libphonenumber.
#ifdef INVITED_HAVE_PHONENUMBER
#include <phonenumbers/phonenumberutil.h>
#endif

namespace invited::handlers {

namespace {

constexpr charset digits("0-9");
constexpr std::size_t longest_spelling = 64; // bytes; bounds the library's work

flaw invalid_phone() {
  return {
      "invalid_phone",
      reads_any_phone_spelling()
          ? "This cannot be read as a phone number. Please write + and the country code, as in +14155550123."
          : "A phone number must be + and 7 to 15 digits with the country code, as in +14155550123."};
}

#ifdef INVITED_HAVE_PHONENUMBER
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

/// False if the library cannot make a possible number from it.
bool read_with_library(std::string_view text, const std::string& region, std::string& out) {
  const PhoneNumberUtil& library = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  if (library.Parse(std::string(text), region, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return false;
  // E.164 has no place for an extension; without it the call would reach someone else.
  if (number.has_extension()) return false;
  // IsPossibleNumber() is also true for numbers without an area code, which nobody elsewhere can dial.
  if (library.IsPossibleNumberWithReason(number) != PhoneNumberUtil::IS_POSSIBLE) return false;
  library.Format(number, PhoneNumberUtil::E164, &out);
  // "Possible" has lengths by country; E.164 has its own.
  if (is_e164(out)) return true;
  out.clear();
  return false;
}
#else
bool read_with_library(std::string_view, const std::string&, std::string&) {
  return false;
}
#endif

} // namespace

bool is_e164(std::string_view text) {
  return text.size() >= 8 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
         digits.holds_all(text.substr(1));
}

checked<std::string> read_phone(std::string_view text, const std::string& default_region) {
  text = utf8_trim(text);
  if (text.empty() || is_e164(text)) return std::string(text);
  if (text.size() > longest_spelling) return flaw{"too_long", "A phone number must have at most 15 digits."};
  std::string read;
  if (!read_with_library(text, default_region, read)) return invalid_phone();
  return read;
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
