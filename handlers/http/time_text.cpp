#include "handlers/http/time_text.hpp"

#include <array>
#include <chrono>

namespace invited::handlers {
namespace {

/// Writes `value` in exactly `digits` digits at `to`.
void put(char* to, std::int64_t value, int digits) {
  for (int i = digits - 1; i >= 0; --i, value /= 10) to[i] = static_cast<char>('0' + value % 10);
}

} // namespace

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
