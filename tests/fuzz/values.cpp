#include "handlers/values/values.hpp"
#include "handlers/text/typed.hpp"
#include "handlers/text/utf8.hpp"
#include "handlers/time/time_text.hpp"
#include "handlers/values/phone.hpp"
#include "handlers/values/time_zone.hpp"
#include "store/invites/email_form.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <string>

using namespace invited;
using namespace invited::handlers;
using namespace invited::fuzz;

/// Single values: UTF-8, times, and what the fields of a body may hold.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = text_of(data, size);
  if (const auto ms = read_time(text)) {
    std::string again;
    append_time(again, *ms);
    // An offset can lead beyond the years that have four digits.
    const bool in_range = *ms >= -62'167'219'200'000 && *ms < 253'402'300'800'000;
    demand(!in_range || read_time(again) == ms, "a time is written as it was read");
  }
  const std::size_t valid = utf8_valid_prefix(text);
  demand(valid <= size && utf8_valid(text.substr(0, valid)), "a valid prefix is valid");
  text = text.substr(0, valid);
  std::string_view rest = text;
  std::size_t count = 0;
  for (; !rest.empty(); ++count) {
    const char32_t c = utf8_take(rest);
    demand(c <= 0x10ffff && (c < 0xd800 || c > 0xdfff), "a code point is one");
  }
  demand(count == utf8_count(text), "code points are counted");
  demand(utf8_trim(utf8_trim(text)) == utf8_trim(text), "what is trimmed stays as it is");

  demand(typed_trim(typed_trim(text)) == typed_trim(text), "what is trimmed as typed stays as it is");
  if (const auto email = read_email(text)) {
    const std::string form = store::email_form(*email);
    demand(utf8_valid(form) && store::email_form(form) == form, "a form of an address is its own form");
  }
  if (const auto name = read_name(text))
    demand(!name->empty() && utf8_count(*name) <= 100, "a name has its length");
  if (const auto id = read_external_id(text)) {
    demand(utf8_count(*id) <= 128 && id->size() <= 512, "a reference has its length");
    const auto again = read_external_id(*id);
    demand(again && *again == *id, "a reference stays as it was read");
    for (std::string_view left = *id; !left.empty();) {
      const char32_t c = utf8_take(left);
      demand(!is_unseen(c) && !is_control(c), "a reference is visible");
    }
  }
  if (check_provider_id(text)) demand(size > 0 && text.size() <= 64, "an id has its length");
  static_cast<void>(read_locale(text));
  static_cast<void>(check_redeem_key(text));
  if (check_time_zone(text)) demand(text.find("..") == text.npos, "no name leads out of the database");
  static_cast<void>(check_answer(text));
  if (text.size() > 100) return 0;
  if (const auto phone = read_phone(text, "US"); phone && !phone->empty()) {
    demand(is_e164(*phone), "a phone number is E.164");
    const auto again = read_phone(*phone, "US");
    demand(again && *again == *phone, "a normalised number stays as it is");
  }
  return 0;
}
