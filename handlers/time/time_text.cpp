#include "handlers/time/time_text.hpp"

#include "store/base/ascii.hpp"

#include <array>
#include <chrono>

namespace invited::handlers {
namespace {

/// Writes two digits and the character after them at `to`, and returns where to continue.
char* put(char* to, unsigned value, char after) {
  *to++ = static_cast<char>('0' + value / 10);
  *to++ = static_cast<char>('0' + value % 10);
  *to++ = after;
  return to;
}

/// Takes digits off the front of a text, and says whether everything was well-formed.
class reader {
public:
  explicit reader(std::string_view text) : rest_(text) {}

  /// A number of exactly `digits` digits, from `least` to `most`.
  int number(std::size_t digits, int least, int most) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (rest_.empty() || rest_[0] < '0' || rest_[0] > '9') return fail();
      value = value * 10 + (rest_[0] - '0');
      rest_.remove_prefix(1);
    }
    return value < least || value > most ? fail() : value;
  }

  /// One of `these`, in either case; 0 and a failure for any other.
  char one_of(std::string_view these) {
    const char c = rest_.empty() ? '\0' : rest_[0];
    const char upper = store::ascii_upper(c);
    if (upper == '\0' || these.find(upper) == these.npos) {
      fail();
      return 0;
    }
    rest_.remove_prefix(1);
    return upper;
  }

  /// The milliseconds of ".digits", if it is there.
  int fraction() {
    if (!rest_.starts_with('.')) return 0;
    rest_.remove_prefix(1);
    int ms = 0, seen = 0;
    for (; !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9'; rest_.remove_prefix(1)) {
      if (++seen <= 3) ms = ms * 10 + (rest_[0] - '0');
    }
    if (seen == 0) return fail();
    for (; seen < 3; ++seen) ms *= 10;
    return ms;
  }

  bool at_end() const { return rest_.empty(); }
  bool good() const { return good_; }

private:
  int fail() {
    good_ = false;
    return 0;
  }

  std::string_view rest_;
  bool good_ = true;
};

std::chrono::minutes read_offset(reader& from) {
  const char sign = from.one_of("Z+-");
  if (sign == 'Z' || sign == 0) return {};
  const int hours = from.number(2, 0, 23);
  from.one_of(":");
  const std::chrono::minutes offset(hours * 60 + from.number(2, 0, 59));
  return sign == '-' ? -offset : offset;
}

} // namespace

std::optional<std::int64_t> read_time(std::string_view text) {
  using namespace std::chrono;
  reader from(text);
  const int y = from.number(4, 0, 9999);
  from.one_of("-");
  const int m = from.number(2, 1, 12);
  from.one_of("-");
  const int d = from.number(2, 1, 31);
  const year_month_day date{year(y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d))};
  if (!from.good() || !date.ok()) return {};
  sys_time<milliseconds> at{sys_days(date)};
  if (!from.at_end()) {
    from.one_of("T");
    at += hours(from.number(2, 0, 23));
    from.one_of(":");
    at += minutes(from.number(2, 0, 59));
    from.one_of(":");
    at += seconds(from.number(2, 0, 59));
    at += milliseconds(from.fraction());
    at -= read_offset(from);
  }
  if (!from.good() || !from.at_end()) return {};
  return at.time_since_epoch().count();
}

std::optional<std::int64_t> read_query_time(std::string_view text) {
  const std::size_t blank = text.rfind(' ');
  if (blank == text.npos || text.find('T') > blank) return read_time(text);
  std::string meant(text);
  meant[blank] = '+';
  return read_time(meant);
}

void write_time(char* to, std::int64_t ms) {
  using namespace std::chrono;
  const sys_time<milliseconds> at{milliseconds(ms)};
  const sys_days day = floor<days>(at);
  const year_month_day date(day);
  const auto year = static_cast<unsigned>(int{date.year()}) % 10000;
  const auto in_day = static_cast<std::uint32_t>((at - day).count());
  to = put(to, year / 100, '0') - 1;
  to = put(to, year % 100, '-');
  to = put(to, unsigned{date.month()}, '-');
  to = put(to, unsigned{date.day()}, 'T');
  to = put(to, in_day / 3'600'000, ':');
  to = put(to, in_day / 60'000 % 60, ':');
  to = put(to, in_day / 1000 % 60, '.');
  to = put(to, in_day % 1000 / 10, static_cast<char>('0' + in_day % 10));
  *to = 'Z';
}

short_text<time_text_size> time_text(std::int64_t ms) {
  std::array<char, time_text_size> text;
  write_time(text.data(), ms);
  return std::string_view(text.data(), text.size());
}

void append_time(std::string& out, std::int64_t ms) {
  out += time_text(ms);
}

} // namespace invited::handlers
