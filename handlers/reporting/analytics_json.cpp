#include "handlers/reporting/analytics_json.hpp"

#include "handlers/text/json_writer.hpp"
#include "handlers/time/time_text.hpp"

#include <array>
#include <charconv>

namespace invited::handlers {
namespace {

using store::event;
using store::event_counts;

/// The first moment of a day.
void write_day(json_writer& to, std::string_view name, std::int64_t day) {
  to.member(name, time_text(day * 86'400'000));
}

/// A member for each kind of event.
void write_counts(json_writer& to, const event_counts& counts) {
  for (std::size_t i = 0; i < store::event_kinds; ++i) {
    to.member(name_of(static_cast<event>(i)), counts.of[i]);
  }
}

/// A share with four digits; null if the whole is 0.
void write_share(json_writer& to, std::string_view name, std::int64_t part, std::int64_t whole) {
  if (whole == 0) return to.null_member(name);
  std::array<char, 32> text;
  const double share = static_cast<double>(part) / static_cast<double>(whole);
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), share, std::chars_format::fixed, 4).ptr;
  to.number_member(name, {text.data(), end});
}

void write_rates(json_writer& to, const event_counts& totals) {
  const std::int64_t ended = totals.ended();
  to.name("rates");
  to.open_object();
  write_share(to, "viewed", totals[event::viewed], ended);
  write_share(to, "redeemed", totals[event::redeemed], ended);
  write_share(to, "expired", totals[event::expired], ended);
  to.close_object();
}

void write_redeem_times(json_writer& to, const std::vector<store::redeem_time>& times) {
  to.name("time_to_redeem");
  to.open_object();
  to.name("buckets");
  to.open_array();
  for (const store::redeem_time& bucket : times) {
    to.open_object();
    to.member("le_s", bucket.upper_end);
    to.member("count", bucket.count);
    to.close_object();
  }
  to.close_array();
  to.member("p50_s", percentile(times, 50));
  to.member("p90_s", percentile(times, 90));
  to.close_object();
}

void write_series(json_writer& to, const std::vector<interval_counts>& series) {
  to.name("series");
  to.open_array();
  for (const interval_counts& part : series) {
    to.open_object();
    write_day(to, "start", part.start);
    write_counts(to, part.counts);
    to.close_object();
  }
  to.close_array();
}

std::string joined(const std::vector<std::string_view>& providers) {
  std::string list(providers.front());
  for (std::size_t i = 1; i < providers.size(); ++i) (list += ',') += providers[i];
  return list;
}

/// The Monday of a day's week. 1970 began on a Thursday.
std::int64_t monday_of(std::int64_t day) {
  const std::int64_t weekday = ((day + 3) % 7 + 7) % 7;
  return day - weekday;
}

} // namespace

std::vector<interval_counts> series_of(const store::activity& found, std::int64_t first_day, interval every) {
  std::vector<interval_counts> series;
  for (std::size_t i = 0; i < found.days.size(); ++i) {
    const std::int64_t day = first_day + static_cast<std::int64_t>(i);
    const std::int64_t start = every == interval::week ? monday_of(day) : day;
    if (series.empty() || series.back().start != start) series.push_back({start, {}});
    series.back().counts += found.days[i];
  }
  return series;
}

std::optional<std::int64_t> percentile(std::span<const store::redeem_time> times, std::int64_t percent) {
  std::int64_t all = 0, so_far = 0;
  for (const store::redeem_time& bucket : times) all += bucket.count;
  for (const store::redeem_time& bucket : times) {
    so_far += bucket.count;
    if (so_far > 0 && so_far * 100 >= all * percent) return bucket.upper_end;
  }
  return {};
}

void append_analytics(std::string& out, const analytics_input& asked, const store::activity& found) {
  const event_counts totals = found.totals();
  json_writer to(out);
  to.open_object();
  to.member("provider_id", joined(asked.providers));
  write_day(to, "from", asked.range.from);
  write_day(to, "to", asked.range.to);
  to.member("interval", name_of(asked.every));
  to.name("totals");
  to.open_object();
  write_counts(to, totals);
  to.close_object();
  to.member("pending_at_start", found.pending_at_start());
  to.member("pending_at_end", found.pending_at_end);
  write_rates(to, totals);
  write_redeem_times(to, found.redeem_times);
  write_series(to, series_of(found, asked.range.from, asked.every));
  to.close_object();
}

} // namespace invited::handlers
