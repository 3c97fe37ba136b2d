#include "server/http/date_cache.hpp"

#include <cstddef>

namespace invited::server {
namespace {

char* put_two(char* out, unsigned value) {
  *out++ = static_cast<char>('0' + value / 10 % 10);
  *out++ = static_cast<char>('0' + value % 10);
  return out;
}

char* put_name(char* out, std::string_view names, unsigned index) {
  return out + names.copy(out, 3, std::size_t{3} * index);
}

} // namespace

std::string_view date_cache::at(std::chrono::system_clock::time_point now) {
  using namespace std::chrono;
  const auto second = floor<seconds>(now);
  const std::string_view text{text_, 29};
  if (second == second_) return text;
  second_ = second;
  const auto day = floor<days>(second);
  const year_month_day date{day};
  const hh_mm_ss time{second - day};
  const auto full_year = static_cast<unsigned>(static_cast<int>(date.year()));
  char* out = put_name(text_, "SunMonTueWedThuFriSat", weekday{day}.c_encoding());
  *out++ = ',';
  *out++ = ' ';
  out = put_two(out, static_cast<unsigned>(date.day()));
  *out++ = ' ';
  out = put_name(out, "JanFebMarAprMayJunJulAugSepOctNovDec", static_cast<unsigned>(date.month()) - 1);
  *out++ = ' ';
  out = put_two(out, full_year / 100);
  out = put_two(out, full_year % 100);
  *out++ = ' ';
  out = put_two(out, static_cast<unsigned>(time.hours().count()));
  *out++ = ':';
  out = put_two(out, static_cast<unsigned>(time.minutes().count()));
  *out++ = ':';
  out = put_two(out, static_cast<unsigned>(time.seconds().count()));
  std::string_view{" GMT"}.copy(out, 4);
  return text;
}

} // namespace invited::server
