#include "bench/generator/second_line.hpp"

#include "handlers/text/rapidjson.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cmath>

namespace invited::bench {
namespace {

using writer = rapidjson::Writer<rapidjson::StringBuffer>;

double rounded(double value) {
  return std::round(value * 1000) / 1000;
}

const char* phase_of(const second& s, const figures::window& when) {
  return s.from < when.warm ? "warm up" : s.from < when.end ? "measure" : "drain";
}

/// The stage at its start. A run of one rate has one stage.
std::uint64_t stage_of(const second& s, const figures::window& when, const std::vector<stage>& stages) {
  if (s.from < when.warm || s.from >= when.end) return 0;
  std::uint64_t n = 1;
  steady::time_point until = when.warm;
  for (const stage& one : stages) {
    until += std::chrono::duration_cast<steady::duration>(one.length);
    if (s.from < until || n == stages.size()) break;
    ++n;
  }
  return n;
}

void write_latencies(writer& w, const histogram& h) {
  const auto member = [&](const char* name, std::uint64_t ns) {
    w.Key(name);
    if (h.count() == 0) {
      w.Null();
    } else {
      w.Double(rounded(static_cast<double>(ns) / 1e3));
    }
  };
  member("p50_us", h.percentile(50));
  member("p99_us", h.percentile(99));
  member("max_us", h.max());
}

} // namespace

std::optional<second> next_second(const std::vector<pulse*>& threads) {
  std::optional<second> sum;
  for (const pulse* p : threads) {
    const std::optional<second> mine = p->oldest();
    if (!mine && !p->is_over()) return std::nullopt;
    if (mine && (!sum || mine->from < sum->from)) sum = second{.from = mine->from, .until = mine->until};
  }
  if (!sum) return std::nullopt;
  const steady::time_point from = sum->from;
  for (pulse* p : threads) {
    const std::optional<second> mine = p->oldest();
    if (!mine || mine->from != from) continue;
    sum->merge(*mine);
    p->drop_oldest();
  }
  return sum;
}

std::string line_of(const second& s, const figures::window& when, const std::vector<stage>& stages,
                    std::chrono::system_clock::time_point time_at_end) {
  const auto seconds = [](auto d) { return std::chrono::duration<double>(d).count(); };
  rapidjson::StringBuffer out;
  writer w(out);
  const auto count = [&w](const char* name, std::uint64_t value) {
    w.Key(name);
    w.Uint64(value);
  };
  w.StartObject();
  w.Key("t");
  w.Double(rounded(seconds(s.until - when.warm)));
  w.Key("time");
  w.Double(rounded(seconds(time_at_end.time_since_epoch())));
  w.Key("phase");
  w.String(phase_of(s, when));
  count("stage", stage_of(s, when, stages));
  count("sent", s.sent);
  count("answered", s.answered);
  count("wrong", s.wrong);
  w.Key("errors");
  w.StartObject();
  for (const auto& [what, times] : s.errors) count(what.c_str(), times);
  w.EndObject();
  w.Key("rate");
  w.Double(rounded(static_cast<double>(s.answered) / std::max(0.001, seconds(s.until - s.from))));
  write_latencies(w, s.latency);
  w.Key("in_flight");
  w.Int64(s.in_flight);
  w.EndObject();
  return {out.GetString(), out.GetSize()};
}

} // namespace invited::bench
