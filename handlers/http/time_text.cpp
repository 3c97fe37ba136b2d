#include "handlers/http/time_text.hpp"

#include <array>
#include <chrono>

namespace invited::handlers {
namespace {

/// Writes `value` in exactly `digits` digits at `to`.
void put(char* to, std::int64_t value, int digits) {
  for (int i = digits - 1; i >= 0; --i, value /= 10) to[i] = static_cast<char>('0' + value % 10);
}

/// Takes digits off the front of a text, and says whether all was as it should be.
class reader {
public:
  explicit reader(std::string_view text) : rest_(text) {}

  /// Exactly `digits` of them, from `least` to `most`.
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
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
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

void append_time(std::string& out, std::int64_t ms) {
  using namespace std::chrono;
  const sys_time<milliseconds> at{milliseconds(ms)};
  const sys_days day = floor<days>(at);
  const year_month_day date(day);
  const hh_mm_ss time(at - day);
  std::array<char, 24> text = {'0', '0', '0', '0', '-', '0', '0', '-', '0', '0', 'T', '0',
                               '0', ':', '0', '0', ':', '0', '0', '.', '0', '0', '0', 'Z'};
  put(text.data(), int{date.year()}, 4);
  put(text.data() + 5, unsigned{date.month()}, 2);
  put(text.data() + 8, unsigned{date.day()}, 2);
  put(text.data() + 11, time.hours().count(), 2);
  put(text.data() + 14, time.minutes().count(), 2);
  put(text.data() + 17, time.seconds().count(), 2);
  put(text.data() + 20, time.subseconds().count(), 3);
  out.append(text.data(), text.size());
}

} // namespace invited::handlers
