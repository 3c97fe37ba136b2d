#include "server/log/timestamp.hpp"

#include <algorithm>

namespace invited::server {

namespace {

void put(char* at, unsigned number, int digits) {
  while (digits-- > 0) {
    at[digits] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
}

} // namespace

std::string_view timestamp::operator()(std::chrono::system_clock::time_point at) {
  // floor, not duration_cast: before 1970 that would round up, and the milliseconds would be negative.
  const auto second = std::chrono::floor<std::chrono::seconds>(at);
  if (second != second_) render_second(second);
  const auto ms = std::chrono::floor<std::chrono::milliseconds>(at - second).count();
  put(text_.data() + 20, static_cast<unsigned>(ms), 3);
  return {text_.data(), text_.size()};
}

void timestamp::render_second(std::chrono::sys_seconds second) {
  const auto midnight = std::chrono::floor<std::chrono::days>(second);
  const std::chrono::year_month_day date{midnight};
  const std::chrono::hh_mm_ss time{second - midnight};
  constexpr std::string_view form = "0000-00-00T00:00:00.000Z";
  std::ranges::copy(form, text_.begin());
  put(text_.data(), static_cast<unsigned>(static_cast<int>(date.year())), 4);
  put(text_.data() + 5, static_cast<unsigned>(date.month()), 2);
  put(text_.data() + 8, static_cast<unsigned>(date.day()), 2);
  put(text_.data() + 11, static_cast<unsigned>(time.hours().count()), 2);
  put(text_.data() + 14, static_cast<unsigned>(time.minutes().count()), 2);
  put(text_.data() + 17, static_cast<unsigned>(time.seconds().count()), 2);
  second_ = second;
}

} // namespace invited::server
