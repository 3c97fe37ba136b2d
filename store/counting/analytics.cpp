#include "store/counting/analytics.hpp"

#include "store/keys/keys.hpp"
#include "store/scripts.hpp"

#include <algorithm>
#include <span>
#include <string>

namespace invited::store {
namespace {

constexpr std::array<std::string_view, event_kinds> event_names = {
    "created", "viewed", "redeemed", "revoked", "replaced", "expired", "lost", "locked", "asked"};

/// The script's keys and arguments, as its header lists them.
class reading {
public:
  reading(group g, std::string_view provider_id, day_range range, std::int64_t today)
      : first_(std::min(range.from, today + 1)),
        begun_(std::clamp<std::int64_t>(today + 1 - range.from, 0, range.length())),
        numbers_{std::to_string(first_), std::to_string(begun_), std::to_string(expiry::most_in_a_call)},
        args_{numbers_[0], numbers_[1], provider_id, numbers_[2]} {
    names_.reserve(static_cast<std::size_t>(today - first_ + 4));
    names_.push_back(group_key("due", g));
    names_.push_back(gauge_key(g));
    names_.push_back(group_key("aud", g));
    for (std::int64_t day = first_; day <= today; ++day) names_.push_back(day_key(g, day));
    keys_.assign(names_.begin(), names_.end());
  }
  reading(const reading&) = delete;
  reading& operator=(const reading&) = delete;

  std::span<const std::string_view> keys() const { return keys_; }
  std::span<const std::string_view> args() const { return args_; }

private:
  std::int64_t first_;
  std::int64_t begun_; ///< days of the range that have begun
  std::array<std::string, 3> numbers_;
  std::array<std::string_view, 4> args_;
  std::vector<key_name> names_;
  std::vector<std::string_view> keys_;
};

result<activity> read_counts(const redis::reply& reply, day_range range) {
  activity found;
  auto part = reply.begin();
  if ((*part).text() != "counts") return errc::unexpected;
  found.pending_at_end = (*++part).integer();
  for (const redis::node upper_end : *++part) found.redeem_times.push_back({upper_end.integer(), 0});
  while (++part != reply.end()) {
    const redis::node day = *part; // the events, then the buckets
    event_counts& counts = found.days.emplace_back();
    for (std::size_t i = 0; i < event_kinds; ++i) counts.of[i] = day.at(i).integer();
    for (std::size_t i = 0; i < found.redeem_times.size(); ++i)
      found.redeem_times[i].count += day.at(event_kinds + i).integer();
  }
  found.days.resize(static_cast<std::size_t>(range.length())); // days to come
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
  for (int tries = 0; tries < most_tries; ++tries) {
    const reading sent(tag, provider_id, range, today_);
    const result<redis::reply> reply = co_await lane_.redis.run(scripts::analytics, sent.keys(), sent.args());
    if (!reply) co_return reply.error();
    const std::string_view what = reply->at(0).text();
    if (what == "day") {
      today_ = reply->at(1).integer();
    } else if (what == "again") {
      const result<std::uint32_t> settled = co_await expiry_.settle(tag);
      if (!settled) co_return settled.error();
    } else {
      co_return read_counts(*reply, range);
    }
  }
  co_return errc::unavailable;
}

} // namespace invited::store
