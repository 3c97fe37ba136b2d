#include "bench/generator/figures.hpp"

#include <algorithm>
#include <numeric>

namespace invited::bench {
namespace {

std::uint64_t ns(steady::duration d) {
  return static_cast<std::uint64_t>(std::max<steady::rep>(0, std::chrono::nanoseconds(d).count()));
}

constexpr std::size_t longest_timeline = 36'000;

} // namespace

void op_figures::merge(const op_figures& other) {
  latency.merge(other.latency);
  service.merge(other.service);
  for (const auto& [status, count] : other.statuses) statuses[status] += count;
  for (std::size_t i = 0; i < fates; ++i) failures[i] += other.failures[i];
  refused += other.refused;
  wrong += other.wrong;
  if (first_wrong.empty()) first_wrong = other.first_wrong;
}

std::uint64_t op_figures::failed() const {
  return std::accumulate(failures.begin(), failures.end(), std::uint64_t{0});
}

slice& figures::slice_at(steady::time_point now) {
  const auto place = static_cast<std::size_t>(std::max<steady::rep>(0, (now - when.start) / when.interval));
  const std::size_t at = std::min(place, longest_timeline);
  if (at >= timeline.size()) timeline.resize(at + 1);
  return timeline[at];
}

bool figures::note(std::size_t op, const answer& a, steady::time_point intended, steady::time_point sent,
                   steady::time_point now) {
  slice& s = slice_at(now);
  ++(a.what == fate::answered && a.status < 500 && a.status != 429 ? s.good : s.bad);
  s.latency.add(ns(now - intended));
  if (a.what == fate::answered && now >= when.warm && now < when.end) ++completed;
  if (!measured(intended)) return false;
  op_figures& f = ops[op];
  f.latency.add(ns(now - intended));
  f.service.add(ns(now - sent));
  all.add(ns(now - intended));
  if (a.what == fate::answered) {
    ++f.statuses[a.status];
  } else {
    ++f.failures[static_cast<std::size_t>(a.what)];
  }
  return true;
}

void figures::wrong(std::size_t op, std::string_view why) {
  if (ops[op].wrong++ == 0) ops[op].first_wrong = why;
}

void figures::note_journey(steady::time_point intended, steady::time_point now) {
  if (now >= when.warm && now < when.end) ++iterations;
  if (!measured(intended)) return;
  journeys.add(ns(now - intended));
}

void figures::note_unsent(steady::time_point intended, steady::time_point now) {
  if (!measured(intended)) return;
  ++unsent;
  all.add(ns(now - intended));
  journeys.add(ns(now - intended));
}

void figures::merge(const figures& other) {
  for (std::size_t i = 0; i < ops.size(); ++i) ops[i].merge(other.ops[i]);
  all.merge(other.all);
  journeys.merge(other.journeys);
  lag.merge(other.lag);
  if (other.timeline.size() > timeline.size()) timeline.resize(other.timeline.size());
  for (std::size_t i = 0; i < other.timeline.size(); ++i) {
    timeline[i].good += other.timeline[i].good;
    timeline[i].bad += other.timeline[i].bad;
    timeline[i].latency.merge(other.timeline[i].latency);
  }
  completed += other.completed;
  iterations += other.iterations;
  unsent += other.unsent;
  waited += other.waited;
  for (const auto& [name, count] : other.checks) checks[name] += count;
}

} // namespace invited::bench
