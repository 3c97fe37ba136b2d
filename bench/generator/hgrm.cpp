#include "bench/generator/hgrm.hpp"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <ostream>
#include <stdexcept>

namespace invited::bench {
namespace {

constexpr int lines_each_half = 5;

template <class... Values>
void print(std::ostream& out, const char* format, Values... values) {
  char line[200];
  std::snprintf(line, sizeof line, format, values...);
  out << line;
}

double ms(std::uint64_t ns) {
  return static_cast<double>(ns) / 1e6;
}

/// The level after this one: nearer to 100 by a fifth of the last half that was passed.
double next_level(double percent) {
  const double halves = std::floor(std::log2(100 / (100 - percent))) + 1;
  return percent + 100 / (lines_each_half * std::exp2(halves));
}

double deviation(const histogram& h) {
  double squares = 0;
  for (const histogram::entry& e : h.recorded()) {
    const double off = static_cast<double>(e.low) / 2 + static_cast<double>(e.high) / 2 - h.mean();
    squares += off * off * static_cast<double>(e.count);
  }
  return h.count() == 0 ? 0 : std::sqrt(squares / static_cast<double>(h.count()));
}

/// A level has a line at the value that reaches it. The largest value has one such line, and the last.
void write_levels(std::ostream& out, const histogram& h) {
  double level = 0;
  std::uint64_t seen = 0;
  for (const histogram::entry& e : h.recorded()) {
    seen += e.count;
    const double reached = 100 * static_cast<double>(seen) / static_cast<double>(h.count());
    while (level <= reached) {
      print(out, "%12.3f %.12f %10llu %14.2f\n", ms(e.high), level / 100,
            static_cast<unsigned long long>(seen), 1 / (1 - level / 100));
      level = next_level(level);
      if (seen == h.count()) break;
    }
  }
  if (seen > 0) print(out, "%12.3f %.12f %10llu\n", ms(h.max()), 1.0, static_cast<unsigned long long>(seen));
}

} // namespace

void write_hgrm(std::ostream& out, const histogram& h) {
  print(out, "%12s %14s %10s %14s\n\n", "Value", "Percentile", "TotalCount", "1/(1-Percentile)");
  write_levels(out, h);
  unsigned buckets = 1; // each is twice as wide as the one before
  while ((h.max() >> (buckets - 1)) >= h.sub_buckets()) ++buckets;
  print(out, "#[Mean    = %12.3f, StdDeviation   = %12.3f]\n", h.mean() / 1e6, deviation(h) / 1e6);
  print(out, "#[Max     = %12.3f, Total count    = %12llu]\n", ms(h.max()),
        static_cast<unsigned long long>(h.count()));
  print(out, "#[Buckets = %12u, SubBuckets     = %12llu]\n", buckets,
        static_cast<unsigned long long>(h.sub_buckets()));
}

void write_hgrm_files(const std::string& file, const figures& f) {
  const auto write = [](const std::string& name, const histogram& h) {
    std::ofstream out(name);
    write_hgrm(out, h);
    out.close();
    if (!out) throw std::runtime_error(name + " could not be written");
  };
  write(file, f.all);
  const std::string stem = file.substr(0, file.size() - std::string_view(".hgrm").size());
  for (std::size_t i = 0; i < f.stages.size(); ++i)
    write(stem + "-stage-" + std::to_string(i + 1) + ".hgrm", f.stages[i].requests.latency);
}

} // namespace invited::bench
