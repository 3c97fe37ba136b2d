#include "bench/generator/verdict.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace invited::bench {
namespace {

template <class... Values>
std::string text(const char* format, Values... values) {
  std::string out(400, '\0');
  const int length = std::snprintf(out.data(), out.size(), format, values...);
  out.resize(static_cast<std::size_t>(length));
  return out;
}

/// Above this a thread has no time to be punctual.
constexpr double busy = 0.9;
/// Less lateness than this is not reported: a timer itself has it.
constexpr double punctual_ns = 1e6;

void judge_generator(const result& r, verdict& out) {
  for (std::size_t i = 0; i < r.cpu_shares.size(); ++i) {
    const double cpu = r.cpu_shares[i], waited = r.wait_shares[i];
    if (cpu + waited < busy) continue;
    out.generator_limited = true;
    out.notes.push_back(
        text("The generator was a limit: its thread %zu ran %.0f %% of the time and waited %.0f %% for "
             "a core. Give it a core of its own, or more --threads.",
             i, cpu * 100, waited * 100));
  }
  const histogram& lag = r.numbers.lag;
  const auto late = static_cast<double>(lag.percentile(99)),
             p50 = static_cast<double>(r.numbers.all.percentile(50));
  if (late <= std::max(punctual_ns, p50)) return;
  out.generator_limited = true;
  out.notes.push_back(
      text("The generator was late: 1 in 100 idle connections started more than %.1f ms after it was "
           "due, which latencies include.",
           late / 1e6));
}

/// Whether so many of the iterations that were due ended in time, and every one was begun. Those under way at
/// both ends of the window are nearly equal in number.
bool reached(double due, std::uint64_t iterations, std::uint64_t unsent) {
  return unsent == 0 && static_cast<double>(iterations) >= due - std::max(3.0, due * 0.01);
}

/// Iterations that were due in the measured time.
double due_in(const settings& s, const figures& f) {
  if (f.stages.empty()) return s.rate * measured_seconds(f);
  double due = 0;
  for (std::size_t i = 0; i < f.stages.size() && i < s.stages.size(); ++i)
    due += s.stages[i].rate * measured_seconds(f, f.stages[i]);
  return due;
}

void judge_rate(const settings& s, const result& r, verdict& out) {
  const figures& f = r.numbers;
  const double due = due_in(s, f);
  if (due <= 0) return;
  if (!reached(due, f.iterations, f.unsent)) {
    out.kept_up = false;
    out.notes.push_back(
        text("The rate was not reached: %llu of %.0f iterations ended in time, %llu never started.",
             static_cast<unsigned long long>(f.iterations), std::floor(due),
             static_cast<unsigned long long>(f.unsent)));
  }
  const double waited = static_cast<double>(f.waited) / due;
  if (waited > 0.01)
    out.notes.push_back(
        text("%.0f %% of the arrivals found all %u connections busy and waited for one, which "
             "latencies include.",
             waited * 100, s.connections));
}

} // namespace

double measured_seconds(const figures& f) {
  return std::chrono::duration<double>(f.when.end - f.when.warm).count();
}

double measured_seconds(const figures& f, const stage_figures& stage) {
  const std::chrono::duration<double> span = std::min(stage.until, f.when.end) - stage.from;
  return std::max(0.0, span.count());
}

bool kept_up(const figures& f, const stage_figures& stage, double rate) {
  return reached(rate * measured_seconds(f, stage), stage.iterations, stage.unsent);
}

verdict judge(const settings& s, const result& r) {
  verdict out;
  judge_generator(r, out);
  if (s.rate > 0) judge_rate(s, r, out);
  if (!r.interrupted && measured_seconds(r.numbers) < s.duration_s * 0.95)
    out.notes.push_back(text("There was no more to do after %.1f s of the %.1f s meant.",
                             measured_seconds(r.numbers), s.duration_s));
  if (r.interrupted) out.notes.push_back("The run was interrupted: these are the figures until then.");
  return out;
}

} // namespace invited::bench
