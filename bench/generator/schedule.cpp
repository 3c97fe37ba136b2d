#include "bench/generator/schedule.hpp"

#include <algorithm>
#include <cmath>

namespace invited::bench {
namespace {

/// ns from a stage's start. A double's 53 bits would round to 100 ns after a billion arrivals.
long double due_in_stage(std::uint64_t n, double rate) {
  return static_cast<long double>(n) * 1e9L / static_cast<long double>(rate);
}

} // namespace

/// Rounding must not make an arrival of two stages, or of none: what counts is when it is due.
std::uint64_t arrivals_of(const stage& s) {
  const auto length = static_cast<long double>(s.length.count());
  auto n = static_cast<std::uint64_t>(std::ceil(length * static_cast<long double>(s.rate) / 1e9L));
  while (n > 0 && due_in_stage(n - 1, s.rate) >= length) --n;
  while (due_in_stage(n, s.rate) < length) ++n;
  return n;
}

schedule::schedule(const std::vector<stage>& stages, std::uint64_t thread, std::uint64_t threads)
    : next_(thread), step_(threads) {
  std::uint64_t first = 0;
  for (const stage& s : stages) {
    const std::uint64_t end = first + arrivals_of(s);
    parts_.push_back({end_, s.rate, first, end});
    end_ += s.length;
    first = end;
  }
}

std::optional<schedule::duration> schedule::take() {
  while (at_ < parts_.size() && next_ >= parts_[at_].end) ++at_;
  if (at_ == parts_.size()) return std::nullopt;
  const part& p = parts_[at_];
  const duration due = p.start + duration(static_cast<duration::rep>(due_in_stage(next_ - p.first, p.rate)));
  if (due >= end_) return std::nullopt;
  next_ += step_;
  return due;
}

void schedule::cut(duration when) {
  end_ = std::min(end_, when);
}

} // namespace invited::bench
