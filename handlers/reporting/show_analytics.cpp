#include "handlers/reporting/show_analytics.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/reporting/analytics_json.hpp"
#include "store/async/all_of.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace invited::handlers {
namespace {

/// What the counts of one provider cost: Redis reads every day from the first day of the range until today.
std::uint32_t units_of(const store::day_range& range, std::int64_t today) {
  constexpr std::int64_t days_a_unit = 14;
  return static_cast<std::uint32_t>(1 + std::max<std::int64_t>(0, today - range.from) / days_a_unit);
}

} // namespace

task<response> show_analytics::handle(request& r, const principal& who) {
  analytics_input asked;
  const std::int64_t today = clock_() / 86400;
  if (const auto read = read_analytics(r.query, who, today, asked); !read) co_return answer(read.error(), r);
  const auto may_use = [&who](std::string_view provider) { return who.may_use(provider); };
  if (!std::ranges::all_of(asked.providers, may_use)) co_return co_await gate_.refuse_foreign(who, r);

  const std::uint32_t each = units_of(asked.range, today);
  std::vector<staff_meter::cost> costs;
  for (const std::string_view provider : asked.providers) costs.push_back({provider, each});
  const auto own = static_cast<std::uint32_t>(each * costs.size());
  if (auto paid = gate_.bill(who, own, costs, r); !paid) co_return std::move(paid).error();

  std::vector<task<store::result<store::activity>>> readings;
  for (const std::string_view provider : asked.providers)
    readings.push_back(counts_.read(provider, asked.range));
  all_of<store::result<store::activity>> together(readings);
  co_await together;
  std::optional<store::activity> sum;
  for (const task<store::result<store::activity>>& reading : readings) {
    const store::result<store::activity> one = reading.take();
    if (!one) co_return answer(store_problem(one.error()), r);
    if (sum) {
      *sum += *one;
    } else {
      sum = *one;
    }
  }
  response out{.content_type = "application/json"};
  append_analytics(out.body, asked, *sum);
  if (asked.providers.size() == 1) out.provider = asked.providers.front();
  co_return out;
}

} // namespace invited::handlers
