#include "handlers/reporting/analytics_input.hpp"

#include "handlers/fields/form.hpp"
#include "handlers/time/time_text.hpp"
#include "handlers/values/values.hpp"

#include <algorithm>
#include <array>

namespace invited::handlers {
namespace {

constexpr std::int64_t ms_of_day = 86'400'000;
constexpr std::int64_t usual_days = 30;

enum : std::size_t { provider_id, from, to, every, field_count };

constexpr std::array<field_rule, field_count> analytics_fields{{
    {.name = "provider_id"},
    {.name = "from"},
    {.name = "to"},
    {.name = "interval"},
}};

using errors_list = std::vector<field_error>;

void judge_providers(const field_value& named, const principal& who, std::vector<std::string_view>& out,
                     errors_list& errors) {
  if (!named.good()) {
    if (who.providers.size() == 1) {
      out.push_back(who.providers.front());
    } else {
      errors.push_back(
          {"/provider_id", "required", "Name the providers, because this token is valid for several."});
    }
    return;
  }
  for (std::string_view rest = named.text;;) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view one = rest.substr(0, comma);
    if (const auto read = check_provider_id(one); !read) {
      errors.push_back({"/provider_id", read.error().code, std::move(read.error().message)});
      return;
    }
    if (std::ranges::find(out, one) == out.end()) out.push_back(one);
    if (out.size() > most_counted_providers) {
      errors.push_back({"/provider_id", "too_many", "A call may name at most 20 providers."});
      return;
    }
    if (comma == rest.size()) return;
    rest.remove_prefix(comma + 1);
  }
}

/// A UTC day, written as a date or as its first moment; nothing for any other text.
std::optional<std::int64_t> read_day(std::string_view text) {
  const std::optional<std::int64_t> ms = read_query_time(text);
  if (!ms || *ms % ms_of_day != 0) return {};
  return *ms / ms_of_day;
}

/// False if the given text is not a day.
bool judge_day(const field_value& given, std::size_t field, std::int64_t& day, errors_list& errors) {
  if (!given.good()) return given.is == field_value::state::absent;
  if (const std::optional<std::int64_t> read = read_day(given.text)) {
    day = *read;
    return true;
  }
  errors.push_back(
      {pointer_to(analytics_fields[field].name), "invalid_day",
       "This must be a day such as 2026-01-31 or 2026-01-31T00:00:00Z; days begin at midnight UTC."});
  return false;
}

void judge_range(std::span<const field_value> values, std::int64_t today, store::day_range& out,
                 errors_list& errors) {
  out.to = today + 1;
  const bool to_known = judge_day(values[to], to, out.to, errors);
  out.from = out.to - usual_days;
  if (!judge_day(values[from], from, out.from, errors) || !to_known) return;
  const auto wrong = [&](std::size_t field, std::size_t if_that_is_absent, const char* should_be) {
    const std::size_t named = values[field].good() ? field : if_that_is_absent;
    errors.push_back({pointer_to(analytics_fields[named].name), "out_of_range", should_be});
  };
  if (out.length() <= 0)
    return wrong(to, from, "`to` must be after `from`, because the range does not include `to`.");
  if (out.length() > most_counted_days) return wrong(to, from, "A call may cover at most 100 days.");
  if (out.from <= today - store::analytics::kept_days) wrong(from, to, "Counts are kept for 400 days.");
}

bool read_interval(std::string_view text, interval& out) {
  for (const interval i : {interval::day, interval::week}) {
    if (text != name_of(i)) continue;
    out = i;
    return true;
  }
  return false;
}

} // namespace

std::string_view name_of(interval i) {
  return i == interval::day ? "day" : "week";
}

result<void> read_analytics(std::string_view query, const principal& who, std::int64_t today,
                            analytics_input& out) {
  std::array<field_value, field_count> values{};
  errors_list errors;
  if (auto read = read_query(query, out.storage, analytics_fields, values, errors); !read) return read;
  judge_providers(values[provider_id], who, out.providers, errors);
  judge_range(values, today, out.range, errors);
  if (values[every].good() && !read_interval(values[every].text, out.every))
    errors.push_back({"/interval", "invalid_interval", "This must be day or week."});
  if (!errors.empty()) return invalid_content(std::move(errors));
  return {};
}

} // namespace invited::handlers
