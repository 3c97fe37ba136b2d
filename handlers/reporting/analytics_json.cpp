#include "handlers/reporting/analytics_json.hpp"

#include "handlers/text/json_text.hpp"
#include "handlers/text/number_text.hpp"
#include "handlers/time/time_text.hpp"

#include <array>
#include <charconv>

namespace invited::handlers {
namespace {

using store::event;
using store::event_counts;

void append_number_member(std::string& out, std::string_view quoted_name, std::int64_t value) {
  append_number(out += quoted_name, value);
}

/// The first moment of a day.
void append_day(std::string& out, std::string_view quoted_name, std::int64_t day) {
  (out += quoted_name) += '"';
  append_time(out, day * 86'400'000);
  out += '"';
}

/// `"created":1,"viewed":2` and so on.
void append_counts(std::string& out, const event_counts& counts) {
  for (std::size_t i = 0; i < store::event_kinds; ++i) {
    out += i == 0 ? "\"" : ",\"";
    out += name_of(static_cast<event>(i));
    append_number_member(out, "\":", counts.of[i]);
  }
}

/// To four digits; null of nothing.
void append_share(std::string& out, std::string_view quoted_name, std::int64_t part, std::int64_t whole) {
  out += quoted_name;
  if (whole == 0) {
    out += "null";
    return;
  }
  std::array<char, 32> text;
  const double share = static_cast<double>(part) / static_cast<double>(whole);
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), share, std::chars_format::fixed, 4).ptr;
  out.append(text.data(), end);
}

void append_rates(std::string& out, const event_counts& totals) {
  const std::int64_t ended = totals.ended();
  append_share(out, R"(,"rates":{"viewed":)", totals[event::viewed], ended);
  append_share(out, R"(,"redeemed":)", totals[event::redeemed], ended);
  append_share(out, R"(,"expired":)", totals[event::expired], ended);
  out += '}';
}

void append_percentile(std::string& out, std::string_view quoted_name,
                       const std::vector<store::redeem_time>& times, std::int64_t percent) {
  out += quoted_name;
  const std::optional<std::int64_t> seconds = percentile(times, percent);
  out += seconds ? std::to_string(*seconds) : "null";
}

void append_redeem_times(std::string& out, const std::vector<store::redeem_time>& times) {
  std::string_view before = R"(,"time_to_redeem":{"buckets":[{"le_s":)";
  for (const store::redeem_time& bucket : times) {
    append_number_member(out, before, bucket.upper_end);
    append_number_member(out, R"(,"count":)", bucket.count);
    before = R"(},{"le_s":)";
  }
  append_percentile(out, R"(}],"p50_s":)", times, 50);
  append_percentile(out, R"(,"p90_s":)", times, 90);
  out += '}';
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
  append_json_member(out, R"({"provider_id":)", joined(asked.providers));
  append_day(out, R"(,"from":)", asked.range.from);
  append_day(out, R"(,"to":)", asked.range.to);
  append_json_member(out, R"(,"interval":)", name_of(asked.every));
  append_counts(out += R"(,"totals":{)", totals);
  append_number_member(out, R"(},"pending_at_start":)", found.pending_at_start());
  append_number_member(out, R"(,"pending_at_end":)", found.pending_at_end);
  append_rates(out, totals);
  append_redeem_times(out, found.redeem_times);
  out += R"(,"series":[)";
  bool first = true;
  for (const interval_counts& part : series_of(found, asked.range.from, asked.every)) {
    append_day(out, first ? R"({"start":)" : R"(},{"start":)", part.start);
    append_counts(out += ',', part.counts);
    first = false;
  }
  out += "}]}"; // a range has a day at the least
}

} // namespace invited::handlers
