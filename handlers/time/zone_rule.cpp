#include "handlers/time/zone_rule.hpp"

#include <chrono>

namespace invited::handlers {
namespace {

/// Takes a rule apart from its front; once something is wrong it stays so.
class reader {
public:
  explicit reader(std::string_view text) : rest_(text) {}

  /// Letters, or anything between < and >.
  std::string name() {
    const bool quoted = take('<');
    std::string out;
    while (!rest_.empty() && (quoted ? rest_[0] != '>' : is_letter(rest_[0]))) {
      out += rest_[0];
      rest_.remove_prefix(1);
    }
    if ((quoted && !take('>')) || out.size() < 3) good_ = false;
    return out;
  }

  /// [+-]hh[:mm[:ss]], hours up to 167.
  std::int64_t time() {
    const bool negative = take('-');
    if (!negative) take('+');
    std::int64_t seconds = number(167) * 3600;
    if (take(':')) seconds += number(59) * 60;
    if (take(':')) seconds += number(59);
    return negative ? -seconds : seconds;
  }

  int number(int most) {
    int value = 0;
    bool any = false;
    for (; !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9' && value <= most; rest_.remove_prefix(1)) {
      value = value * 10 + (rest_[0] - '0');
      any = true;
    }
    if (!any || value > most) good_ = false;
    return value;
  }

  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void need(char c) { good_ = take(c) && good_; }

  bool starts_time() const {
    return !rest_.empty() && (rest_[0] == '-' || rest_[0] == '+' || (rest_[0] >= '0' && rest_[0] <= '9'));
  }
  bool at_end() const { return rest_.empty(); }
  bool good() const { return good_; }

private:
  static bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

  std::string_view rest_;
  bool good_ = true;
};

/// ,Mm.w.d[/time]: the w-th weekday d of month m, the last one where w is 5, at that time of the old clock.
struct change {
  int month = 0, week = 0, weekday = 0;
  std::int64_t time = 7200;

  /// In seconds since 1970, as the wall shows them.
  std::int64_t in(std::chrono::year y) const {
    using namespace std::chrono;
    const auto m = y / std::chrono::month(static_cast<unsigned>(month));
    const std::chrono::weekday d(static_cast<unsigned>(weekday));
    const sys_days day = week == 5 ? sys_days(m / d[last]) : sys_days(m / d[static_cast<unsigned>(week)]);
    return sys_seconds(day).time_since_epoch().count() + time;
  }
};

change read_change(reader& from) {
  change c;
  from.need(',');
  from.need('M');
  c.month = from.number(12);
  from.need('.');
  c.week = from.number(5);
  from.need('.');
  c.weekday = from.number(6);
  if (from.take('/')) c.time = from.time();
  return c;
}

bool is_day(const change& c) {
  return c.month > 0 && c.week > 0;
}

std::chrono::year year_of(std::int64_t seconds) {
  const std::chrono::sys_seconds at{std::chrono::seconds(seconds)};
  return std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(at)).year();
}

} // namespace

std::optional<zone_offset> offset_by_rule(std::string_view rule, std::int64_t seconds) {
  reader from(rule);
  zone_offset standard, summer;
  standard.name = from.name();
  standard.seconds = -from.time(); // POSIX counts to the west
  if (!from.good()) return {};
  if (from.at_end()) return standard;
  summer.name = from.name();
  summer.seconds = from.starts_time() ? -from.time() : standard.seconds + 3600;
  const change begins = read_change(from), ends = read_change(from);
  if (!from.good() || !from.at_end() || !is_day(begins) || !is_day(ends)) return {};

  const std::chrono::year y = year_of(seconds + standard.seconds);
  const std::int64_t from_utc = begins.in(y)-standard.seconds, to_utc = ends.in(y)-summer.seconds;
  const bool is_summer = from_utc <= to_utc ? seconds >= from_utc && seconds < to_utc
                                            : seconds >= from_utc || seconds < to_utc; // in the south
  return is_summer ? summer : standard;
}

} // namespace invited::handlers
