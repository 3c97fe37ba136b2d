#include "bench/generator/settings.hpp"

#include <array>
#include <charconv>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string_view>

#include <getopt.h>

namespace invited::bench {

const char* const usage = R"(Usage: invited-bench --target http://HOST:PORT --tokens FILE [options]

  --target URL          the server; plain HTTP
  --tokens FILE         lines `provider_id token`: whom invites are made for, and the bearer token for it
  --scenario NAME       what to do (default create); --list names them all
  --rate N              open loop: N iterations a second, however long answers take; latency counts from when
                        a request was due. Without it a closed loop: each connection asks again at once
  --stage S@N           open loop: S seconds at a constant N iterations a second; repeatable, one after the other.
                        Instead of --rate and --duration; the warm-up has the rate of the first
  --connections N       at a time, over all threads (default 64)
  --threads N           (default 1)
  --duration S          seconds measured (default 10), after
  --warmup S            seconds that are not (default 2)
  --timeout S           for one answer (default 10)
  --interval MS         of the timeline (default 1000)
  --pool N              redeem: invites to make beforehand (default: what the run may need; at most 200000)
  --team N              contention: clients for each invite (default 8)
  --rows N              bulk: rows of a call (default 100)
  --noise SHARE         noisy-neighbour: its share of the arrivals, 0 to 1 (default 0)
  --harmless            noisy-neighbour: the noise is of health checks, which no limit counts, to compare with
  --minimal             expect no more than invite_id and invite_url in answers: for peers
  --allow-failures      a request without an answer is no reason for exit status 1
  --watch NAME=PID      measure this process's CPU and memory, too; repeatable
  --output FILE         where the JSON goes (default: standard output)
  --hgrm FILE.hgrm      latencies as HdrHistogram's percentile text, in ms; of each stage in FILE-stage-N.hgrm
  --progress            a JSON line each interval on standard error
  --seconds             a JSON line for each second of load on standard error: what was sent, answered, how fast

Exit status: 0 fine, 1 answers were wrong or missing, 2 misuse.
)";

namespace {

template <class T>
T number(std::string_view name, std::string_view text, T least, T most) {
  T value{};
  const auto [end, e] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (e != std::errc() || end != text.data() + text.size() || !(value >= least && value <= most)) {
    std::ostringstream told;
    told << "--" << name << " takes a number from " << least << " to " << most << ", not \"" << text << '"';
    throw std::invalid_argument(told.str());
  }
  return value;
}

void read_target(settings& s, std::string_view url) {
  constexpr std::string_view scheme = "http://";
  if (!url.starts_with(scheme)) throw std::invalid_argument("--target takes http://HOST:PORT");
  url.remove_prefix(scheme.size());
  if (url.ends_with('/')) url.remove_suffix(1);
  const std::size_t colon = url.rfind(':');
  const bool has_port = colon != url.npos && url.find(']', colon) == url.npos;
  s.port = has_port ? url.substr(colon + 1) : std::string_view("80");
  std::string_view host = has_port ? url.substr(0, colon) : url;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty() || host.find('/') != host.npos)
    throw std::invalid_argument("--target takes http://HOST:PORT");
  number<unsigned>("target", s.port, 1, 65535);
  s.host = host;
}

constexpr double longest_s = 86'400;

void read_stage(settings& s, std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == text.npos) throw std::invalid_argument("--stage takes SECONDS@RATE");
  const auto length = std::chrono::duration<double>(number("stage", text.substr(0, at), 0.1, longest_s));
  const auto rate = number("stage", text.substr(at + 1), 0.001, 1e7);
  constexpr std::size_t most = 100;
  if (s.stages.size() == most) throw std::invalid_argument("there may be 100 stages at most");
  s.stages.push_back({std::chrono::duration_cast<std::chrono::nanoseconds>(length), rate});
}

/// The stages' length and their mean rate are those of the measured time.
void sum_up_stages(settings& s) {
  std::chrono::duration<double> length{};
  double arrivals = 0;
  for (const stage& one : s.stages) {
    length += one.length;
    arrivals += one.rate * std::chrono::duration<double>(one.length).count();
  }
  if (length.count() > longest_s) throw std::invalid_argument("the stages may take a day at most");
  s.duration_s = length.count();
  s.rate = arrivals / length.count();
}

void read_hgrm(settings& s, std::string_view file) {
  if (!file.ends_with(".hgrm")) throw std::invalid_argument("--hgrm takes a file that ends in .hgrm");
  s.hgrm = file;
}

void read_watch(settings& s, std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == text.npos) throw std::invalid_argument("--watch takes NAME=PID");
  s.watch.emplace_back(text.substr(0, equals), number<int>("watch", text.substr(equals + 1), 1, 1 << 30));
}

void read_tokens(settings& s) {
  if (s.tokens_file.empty()) throw std::invalid_argument("--tokens is needed");
  std::ifstream in(s.tokens_file);
  std::string provider, token;
  while (in >> provider >> token) s.tokens.emplace_back(provider, token);
  if (s.tokens.empty())
    throw std::runtime_error("no `provider token` line can be read from " + s.tokens_file);
}

struct flag {
  const char* name;
  bool takes_value;
  std::function<void(settings&, std::string_view)> read;
};

const std::array<flag, 23>& flags() {
  static const std::array<flag, 23> all = {{
      {"target", true, read_target},
      {"tokens", true, [](settings& s, auto v) { s.tokens_file = v; }},
      {"scenario", true, [](settings& s, auto v) { s.scenario = v; }},
      {"rate", true, [](settings& s, auto v) { s.rate = number("rate", v, 0.001, 1e7); }},
      {"stage", true, read_stage},
      {"connections", true,
       [](settings& s, auto v) { s.connections = number("connections", v, 1U, 60'000U); }},
      {"threads", true, [](settings& s, auto v) { s.threads = number("threads", v, 1U, 256U); }},
      {"duration", true, [](settings& s, auto v) { s.duration_s = number("duration", v, 0.1, longest_s); }},
      {"warmup", true, [](settings& s, auto v) { s.warmup_s = number("warmup", v, 0.0, 3600.0); }},
      {"timeout", true, [](settings& s, auto v) { s.timeout_s = number("timeout", v, 0.1, 600.0); }},
      {"interval", true,
       [](settings& s, auto v) {
         s.interval = std::chrono::milliseconds(number("interval", v, 10, 60'000));
       }},
      {"pool", true, [](settings& s, auto v) { s.pool = number<std::size_t>("pool", v, 1, 10'000'000); }},
      {"team", true, [](settings& s, auto v) { s.team = number("team", v, 2U, 1000U); }},
      {"rows", true, [](settings& s, auto v) { s.rows = number("rows", v, 1U, 1000U); }},
      {"noise", true, [](settings& s, auto v) { s.noise = number("noise", v, 0.0, 1.0); }},
      {"harmless", false, [](settings& s, auto) { s.harmless = true; }},
      {"minimal", false, [](settings& s, auto) { s.minimal = true; }},
      {"allow-failures", false, [](settings& s, auto) { s.allow_failures = true; }},
      {"watch", true, read_watch},
      {"output", true, [](settings& s, auto v) { s.output = v; }},
      {"hgrm", true, read_hgrm},
      {"seconds", false, [](settings& s, auto) { s.seconds = true; }},
      {"progress", false, [](settings& s, auto) { s.progress = true; }},
  }};
  return all;
}

} // namespace

std::vector<stage> settings::whole_plan() const {
  const auto ns = [](double span) {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::duration<double>(span));
  };
  if (stages.empty()) return {{ns(warmup_s + duration_s), rate > 0 ? rate : 1}};
  std::vector<stage> out = stages;
  if (warmup_s > 0) out.insert(out.begin(), {ns(warmup_s), stages.front().rate});
  return out;
}

settings read_settings(int argc, char** argv) {
  std::vector<option> known;
  for (const flag& f : flags())
    known.push_back({f.name, f.takes_value ? required_argument : no_argument, nullptr, 0});
  known.push_back({nullptr, 0, nullptr, 0});
  settings s;
  std::set<std::string_view> given;
  int at = 0;
  opterr = 0;
  for (int found; (found = ::getopt_long(argc, argv, "", known.data(), &at)) != -1;) {
    if (found != 0) throw std::invalid_argument(std::string("what is ") + argv[optind - 1] + "?");
    const flag& f = flags()[static_cast<std::size_t>(at)];
    f.read(s, optarg ? optarg : "");
    given.insert(f.name);
  }
  if (optind < argc) throw std::invalid_argument(std::string("what is ") + argv[optind] + "?");
  if (s.host.empty()) throw std::invalid_argument("--target is needed");
  if (s.threads > s.connections) throw std::invalid_argument("there must be a connection for each thread");
  if (!s.stages.empty()) {
    if (given.contains("rate") || given.contains("duration"))
      throw std::invalid_argument("--stage does not go with --rate or --duration");
    sum_up_stages(s);
  }
  read_tokens(s);
  return s;
}

} // namespace invited::bench
