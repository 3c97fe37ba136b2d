#include "handlers/text/utf8.hpp"
#include "handlers/values/birth_date.hpp"
#include "handlers/values/challenge_input.hpp"
#include "handlers/values/older_code.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <string>

using namespace invited;
using namespace invited::handlers;
using namespace invited::fuzz;

namespace {

bool is_read(const checked<std::string>& read, std::string_view as) {
  return read && *read == as;
}

} // namespace

/// What people type as answers: the first line is a locale, then comes a date or a code. A normalised answer
/// stays as it is.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest = text_of(data, size);
  if (!utf8_valid(rest)) return 0; // it was checked before
  const date_style style = date_style_of(take_line(rest));
  const std::int64_t now = 1'800'000'000; // 2027-01-15
  const std::string_view latest = "2027-01-15";
  if (const auto date = read_birth_date(rest, style, latest)) {
    demand(is_birth_date(*date) && *date <= latest, "a date that was read is one");
    demand(is_read(read_birth_date(*date, style, latest), *date), "a normalised date stays the same");
    demand(read_given_answer(store::challenge_kind::birth_date, *date, {}, now).has_value(),
           "it is a strict date, too");
  }
  const auto code = read_code(rest);
  const auto older = read_older_code(rest);
  if (older && code) demand(is_read(read_code(*older), *code), "an older form has the form of today");
  if (code) {
    demand(utf8_valid(*code) && utf8_count(*code) >= 4 && utf8_count(*code) <= 64, "a code has its length");
    demand(is_read(read_code(*code), *code), "a normalised code stays the same");
  }
  if (const auto right = read_right_answer(store::challenge_kind::birth_date, rest, now))
    demand(is_read(read_birth_date(rest, style, latest), *right), "whoever sets a date can give it");
  return 0;
}
