#include "store/counting/analytics.hpp"

#include "store/base/script_number.hpp"
#include "store/keys/keys.hpp"
#include "store/redis/day_call.hpp"
#include "store/resp/reply_reader.hpp"
#include "store/scripts.hpp"

#include <algorithm>

namespace invited::store {
namespace {

constexpr std::array<std::string_view, event_kinds> event_names = {
    "created", "viewed", "redeemed", "revoked", "replaced", "expired", "lost", "locked", "asked"};

/// The keys and arguments of analytics-4+.lua.
class counts_call final : public redis::day_call {
public:
  /// Views its arguments.
  counts_call(group g, std::string_view provider_id, const day_range& range)
      : tag_(g), provider_id_(provider_id), range_(range) {}

  void write_to(redis::script_writer& to, std::int64_t today) const override {
    const std::int64_t first = std::min(range_.from, today + 1);
    const std::int64_t begun = std::clamp<std::int64_t>(today + 1 - range_.from, 0, range_.length());
    to.begin(static_cast<std::size_t>(3 + today + 1 - first), 4);
    to.add(group_key("due", tag_));
    to.add(gauge_key(tag_));
    to.add(group_key("aud", tag_));
    for (std::int64_t day = first; day <= today; ++day) to.add(day_key(tag_, day));
    to.add(script_number(first));
    to.add(script_number(begun)); // days of the range that have begun
    to.add(provider_id_);
    to.add(script_number(std::int64_t{expiry::most_in_a_call}));
  }

private:
  group tag_;
  std::string_view provider_id_;
  const day_range& range_;
};

/// `read` stands behind the word "counts".
result<activity> read_counts(redis::reply_reader& read, const day_range& range) {
  activity found;
  found.pending_at_end = read.number();
  for (redis::reply_reader ends = read.row(); ends.more();) found.redeem_times.push_back({ends.number(), 0});
  while (read.more()) {
    redis::reply_reader day = read.row(); // the events, then the buckets
    event_counts& counts = found.days.emplace_back();
    for (std::int64_t& count : counts.of) count = day.number();
    for (redeem_time& bucket : found.redeem_times) bucket.count += day.number();
  }
  const auto days = static_cast<std::size_t>(range.length());
  if (read.failed() || found.days.size() > days) return errc::unexpected;
  found.days.resize(days); // days to come
  return found;
}

} // namespace

std::string_view name_of(event e) {
  return event_names[static_cast<std::size_t>(e)];
}

std::int64_t event_counts::ended() const {
  const event_counts& n = *this;
  return n[event::redeemed] + n[event::revoked] + n[event::replaced] + n[event::expired];
}

event_counts& event_counts::operator+=(const event_counts& other) {
  for (std::size_t i = 0; i < event_kinds; ++i) of[i] += other.of[i];
  return *this;
}

event_counts activity::totals() const {
  event_counts sum;
  for (const event_counts& day : days) sum += day;
  return sum;
}

std::int64_t activity::pending_at_start() const {
  const event_counts sum = totals();
  return pending_at_end + sum.ended() - sum[event::created];
}

activity& activity::operator+=(const activity& other) {
  for (std::size_t i = 0; i < days.size(); ++i) days[i] += other.days[i];
  pending_at_end += other.pending_at_end;
  for (std::size_t i = 0; i < redeem_times.size(); ++i) redeem_times[i].count += other.redeem_times[i].count;
  return *this;
}

task<result<activity>> analytics::read(std::string_view provider_id, day_range range) {
  const group tag = group_of(provider_id);
  gate::entry place(lane_.places);
  const bool inside = co_await place;
  if (!inside) co_return errc::busy;
  const counts_call call(tag, provider_id, range);
  for (int tries = 0; tries < most_tries; ++tries) {
    const result<redis::reply> reply =
        co_await redis::run_on_day(lane_.redis, scripts::analytics, call, today_);
    if (!reply) co_return reply.error();
    redis::reply_reader read(*reply);
    const std::string_view what = read.word();
    if (what == "counts") co_return read_counts(read, range);
    if (what != "again") co_return errc::unexpected;
    const result<std::uint32_t> settled = co_await expiry_.settle(tag);
    if (!settled) co_return settled.error();
  }
  co_return errc::unavailable;
}

} // namespace invited::store
