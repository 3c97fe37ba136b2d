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

void op_figures::note(const answer& a, std::uint64_t latency_ns, std::uint64_t service_ns) {
  latency.add(latency_ns);
  service.add(service_ns);
  if (a.what == fate::answered) {
    ++statuses[a.status];
  } else {
    ++failures[static_cast<std::size_t>(a.what)];
  }
}

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

void stage_figures::merge(const stage_figures& other) {
  requests.merge(other.requests);
  completed += other.completed;
  iterations += other.iterations;
  unsent += other.unsent;
  waited += other.waited;
}

void figures::divide(const std::vector<stage>& plan) {
  stages.clear();
  steady::time_point from = when.warm;
  for (const stage& s : plan) {
    const steady::time_point until = from + std::chrono::duration_cast<steady::duration>(s.length);
    stages.push_back({.from = from, .until = until});
    from = until;
  }
}

/// Null outside of the measured time, and in a run of one rate.
stage_figures* figures::stage_at(steady::time_point at) {
  if (stages.empty() || !measured(at)) return nullptr;
  const auto after =
      std::upper_bound(stages.begin(), stages.end(), at,
                       [](steady::time_point t, const stage_figures& s) { return t < s.from; });
  return after == stages.begin() ? nullptr : &*std::prev(after);
}

slice& figures::slice_at(steady::time_point now) {
  const auto place = static_cast<std::size_t>(std::max<steady::rep>(0, (now - when.start) / when.interval));
  const std::size_t at = std::min(place, longest_timeline);
  if (at >= timeline.size()) timeline.resize(at + 1);
  return timeline[at];
}

bool figures::note(std::size_t op, const answer& a, steady::time_point intended, steady::time_point sent,
                   steady::time_point now) {
  if (live) live->ended(a, now - intended, now);
  slice& s = slice_at(now);
  ++(a.what == fate::answered && a.status < 500 && a.status != 429 ? s.good : s.bad);
  s.latency.add(ns(now - intended));
  if (a.what == fate::answered && measured(now)) {
    ++completed;
    if (stage_figures* const in = stage_at(now)) ++in->completed;
  }
  if (!measured(intended)) return false;
  ops[op].note(a, ns(now - intended), ns(now - sent));
  if (stage_figures* const in = stage_at(intended)) in->requests.note(a, ns(now - intended), ns(now - sent));
  all.add(ns(now - intended));
  return true;
}

void figures::refuse(std::size_t op, steady::time_point intended) {
  ++ops[op].refused;
  if (stage_figures* const in = stage_at(intended)) ++in->requests.refused;
}

void figures::wrong(std::size_t op, std::string_view why, steady::time_point intended) {
  if (live) live->wrong();
  if (ops[op].wrong++ == 0) ops[op].first_wrong = why;
  if (stage_figures* const in = stage_at(intended)) ++in->requests.wrong;
}

void figures::note_journey(steady::time_point intended, steady::time_point now) {
  if (measured(now)) {
    ++iterations;
    if (stage_figures* const in = stage_at(now)) ++in->iterations;
  }
  if (!measured(intended)) return;
  journeys.add(ns(now - intended));
}

void figures::note_unsent(steady::time_point intended, steady::time_point now) {
  if (!measured(intended)) return;
  ++unsent;
  if (stage_figures* const in = stage_at(intended)) {
    ++in->unsent;
    in->requests.latency.add(ns(now - intended));
  }
  all.add(ns(now - intended));
  journeys.add(ns(now - intended));
}

void figures::note_wait(steady::time_point intended) {
  if (!measured(intended)) return;
  ++waited;
  if (stage_figures* const in = stage_at(intended)) ++in->waited;
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
  if (stages.empty()) stages.resize(other.stages.size());
  for (std::size_t i = 0; i < other.stages.size(); ++i) {
    stages[i].from = other.stages[i].from;
    stages[i].until = other.stages[i].until;
    stages[i].merge(other.stages[i]);
  }
  completed += other.completed;
  iterations += other.iterations;
  unsent += other.unsent;
  waited += other.waited;
  for (const auto& [name, count] : other.checks) checks[name] += count;
}

} // namespace invited::bench
