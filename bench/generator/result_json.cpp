#include "bench/generator/result_json.hpp"

#include "bench/generator/verdict.hpp"
#include "handlers/text/rapidjson.hpp"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <algorithm>
#include <cmath>

namespace invited::bench {
namespace {

using writer = rapidjson::Writer<rapidjson::StringBuffer>;

double us(std::uint64_t ns) {
  return static_cast<double>(ns) / 1e3;
}

void member(writer& w, const char* name, double value) {
  w.Key(name);
  w.Double(std::isfinite(value) ? std::round(value * 1000) / 1000 : 0);
}
void member(writer& w, const char* name, std::uint64_t value) {
  w.Key(name);
  w.Uint64(value);
}
void member(writer& w, const char* name, bool value) {
  w.Key(name);
  w.Bool(value);
}
void member(writer& w, const char* name, const std::string& value) {
  w.Key(name);
  w.String(value);
}

void write_summary(writer& w, const char* name, const histogram& h) {
  w.Key(name);
  w.StartObject();
  member(w, "count", h.count());
  member(w, "mean", h.mean() / 1e3);
  member(w, "min", us(h.min()));
  constexpr std::pair<const char*, double> known[] = {{"p50", 50}, {"p75", 75},     {"p90", 90},
                                                      {"p99", 99}, {"p99_9", 99.9}, {"p99_99", 99.99}};
  for (const auto& [key, percent] : known) member(w, key, us(h.percentile(percent)));
  member(w, "max", us(h.max()));
  w.EndObject();
}

/// Pairs [percent, µs] for a plot: five for each halving of what is left, until single values are left.
void write_curve(writer& w, const histogram& h) {
  w.Key("percentiles");
  w.StartArray();
  double left = 100;
  for (int i = 0; h.count() > 0 && left / 100 * static_cast<double>(h.count()) >= 1; ++i) {
    left = 100 * std::pow(2, -i / 5.0);
    w.StartArray();
    w.Double(std::round((100 - left) * 1e5) / 1e5);
    w.Double(us(h.percentile(100 - left)));
    w.EndArray();
  }
  w.EndArray();
}

void write_outcomes(writer& w, const op_figures& f) {
  w.Key("status");
  w.StartObject();
  for (const auto& [status, count] : f.statuses) member(w, std::to_string(status).c_str(), count);
  w.EndObject();
  w.Key("failures");
  w.StartObject();
  for (std::size_t i = 1; i < fates; ++i)
    if (f.failures[i] > 0) member(w, name_of(static_cast<fate>(i)).data(), f.failures[i]);
  w.EndObject();
  member(w, "refused", f.refused);
  member(w, "wrong", f.wrong);
}

void write_op(writer& w, std::string_view name, const op_figures& f, double seconds) {
  w.Key(name.data(), static_cast<rapidjson::SizeType>(name.size()));
  w.StartObject();
  member(w, "count", f.latency.count());
  member(w, "per_s", static_cast<double>(f.latency.count()) / seconds);
  write_summary(w, "latency_us", f.latency);
  write_summary(w, "service_us", f.service);
  write_curve(w, f.latency);
  write_outcomes(w, f);
  if (f.wrong > 0) member(w, "first_wrong", f.first_wrong);
  w.EndObject();
}

/// CPU of the watched processes from one reading to the next, over the requests of that time.
void write_cpu(writer& w, const reading& before, const reading& after, std::uint64_t requests) {
  w.Key("cpu_us_per_request");
  w.StartObject();
  for (const auto& [name, used] : after.used) {
    const auto cpu = static_cast<double>((used.cpu - before.used.at(name).cpu).count());
    member(w, name.c_str(), cpu / static_cast<double>(std::max<std::uint64_t>(1, requests)));
  }
  w.EndObject();
}

/// How much there was of the whole run, or of a stage.
template <class Figures>
void write_counts(writer& w, const Figures& f, double seconds) {
  member(w, "requests", f.completed);
  member(w, "requests_per_s", static_cast<double>(f.completed) / seconds);
  member(w, "iterations", f.iterations);
  member(w, "iterations_per_s", static_cast<double>(f.iterations) / seconds);
  member(w, "unsent", f.unsent);
  member(w, "waited_for_a_connection", f.waited);
}

void write_stage(writer& w, const settings& s, const result& r, std::size_t i) {
  const stage_figures& f = r.numbers.stages[i];
  const double seconds = measured_seconds(r.numbers, f);
  w.StartObject();
  member(w, "rate_asked", s.stages[i].rate);
  member(w, "asked_s", std::chrono::duration<double>(s.stages[i].length).count());
  member(w, "measured_s", seconds);
  member(w, "kept_up", kept_up(r.numbers, f, s.stages[i].rate));
  write_counts(w, f, seconds);
  write_summary(w, "latency_us", f.requests.latency);
  write_curve(w, f.requests.latency);
  write_outcomes(w, f.requests);
  write_cpu(w, i == 0 ? r.warm : r.stage_ends[i - 1], r.stage_ends[i], f.completed);
  w.EndObject();
}

void write_stages(writer& w, const settings& s, const result& r) {
  w.Key("stages");
  w.StartArray();
  for (std::size_t i = 0; i < r.numbers.stages.size(); ++i) write_stage(w, s, r, i);
  w.EndArray();
}

void write_timeline(writer& w, const result& r) {
  const figures& f = r.numbers;
  const double step = std::chrono::duration<double>(f.when.interval).count();
  w.Key("timeline");
  w.StartArray();
  for (std::size_t i = 0; i < f.timeline.size(); ++i) {
    const slice& s = f.timeline[i];
    w.StartObject();
    member(w, "t", static_cast<double>(i) * step);
    member(w, "good", s.good);
    member(w, "bad", s.bad);
    member(w, "p50_us", us(s.latency.percentile(50)));
    member(w, "p99_us", us(s.latency.percentile(99)));
    member(w, "max_us", us(s.latency.max()));
    w.EndObject();
  }
  w.EndArray();
}

void write_processes(writer& w, const result& r) {
  w.Key("processes");
  w.StartObject();
  for (const auto& [name, idle] : r.idle.used) {
    const process_usage warm = r.warm.used.at(name), end = r.end.used.at(name);
    const double cpu = static_cast<double>((end.cpu - warm.cpu).count());
    w.Key(name.c_str());
    w.StartObject();
    member(w, "cpu_s", cpu / 1e6);
    member(w, "cpu_us_per_request",
           cpu / static_cast<double>(std::max<std::uint64_t>(1, r.numbers.completed)));
    member(w, "rss_idle", idle.rss);
    member(w, "rss_warm", warm.rss);
    member(w, "rss_end", end.rss);
    w.Key("timeline"); // [s since the start, µs of CPU so far]
    w.StartArray();
    for (const reading& at : r.readings) {
      w.StartArray();
      w.Double(std::chrono::duration<double>(at.at - r.numbers.when.start).count());
      w.Int64(at.used.at(name).cpu.count());
      w.EndArray();
    }
    w.EndArray();
    w.EndObject();
  }
  w.EndObject();
}

void write_generator(writer& w, const result& r, const verdict& v) {
  w.Key("generator");
  w.StartObject();
  const auto shares = [&w](const char* name, const std::vector<double>& values) {
    w.Key(name);
    w.StartArray();
    for (const double share : values) w.Double(std::round(share * 1000) / 1000);
    w.EndArray();
  };
  shares("cpu_share", r.cpu_shares);
  shares("wait_share", r.wait_shares);
  write_summary(w, "lag_us", r.numbers.lag);
  member(w, "limited", v.generator_limited);
  w.EndObject();
}

void write_head(writer& w, const settings& s, const result& r, const verdict& v) {
  const figures& f = r.numbers;
  const double seconds = measured_seconds(f);
  member(w, "format", std::uint64_t{1});
  member(w, "scenario", s.scenario);
  member(w, "loop", std::string(s.rate > 0 ? "open" : "closed"));
  member(w, "rate_asked", s.rate);
  member(w, "connections", std::uint64_t{s.connections});
  member(w, "threads", std::uint64_t{s.threads});
  member(w, "warmup_s", s.warmup_s);
  member(w, "measured_s", seconds);
  member(w, "good", is_good(s, r));
  member(w, "kept_up", v.kept_up);
  member(w, "interrupted", r.interrupted);
  write_counts(w, f, seconds);
  w.Key("notes");
  w.StartArray();
  for (const std::string& note : v.notes) w.String(note);
  w.EndArray();
}

} // namespace

bool is_good(const settings& s, const result& r) {
  const auto bad = [&](const op_figures& f) { return f.wrong > 0 || (f.failed() > 0 && !s.allow_failures); };
  return r.numbers.completed > 0 && std::none_of(r.numbers.ops.begin(), r.numbers.ops.end(), bad);
}

std::string as_json(const settings& s, const result& r) {
  const verdict v = judge(s, r);
  const figures& f = r.numbers;
  rapidjson::StringBuffer out;
  writer w(out);
  w.StartObject();
  write_head(w, s, r, v);
  write_summary(w, "latency_us", f.all);
  write_curve(w, f.all);
  if (f.ops.size() > 1) write_summary(w, "journey_us", f.journeys);
  w.Key("ops");
  w.StartObject();
  for (std::size_t i = 0; i < f.ops.size(); ++i)
    if (f.ops[i].latency.count() + f.ops[i].wrong > 0) write_op(w, r.ops[i], f.ops[i], measured_seconds(f));
  w.EndObject();
  if (!f.stages.empty()) write_stages(w, s, r);
  w.Key("checks");
  w.StartObject();
  for (const auto& [name, count] : f.checks) member(w, name.c_str(), count);
  w.EndObject();
  write_processes(w, r);
  write_generator(w, r, v);
  write_timeline(w, r);
  w.EndObject();
  return {out.GetString(), out.GetSize()};
}

} // namespace invited::bench
