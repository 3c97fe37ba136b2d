// invited-bench: the load generator. Its parts: settings (command line), run (threads, phases), load_thread
// (arrivals and connections), scenarios/ (what is asked and what must be answered), figures and histogram
// (what was measured).
#include "bench/generator/hgrm.hpp"
#include "bench/generator/result_json.hpp"
#include "bench/generator/run.hpp"
#include "bench/generator/scenario.hpp"

#include <boost/system/system_error.hpp>

#include <csignal>
#include <fstream>
#include <iostream>
#include <string_view>

#include <sys/resource.h>

namespace invited::bench {
namespace {

std::atomic<bool> interrupted{false};

/// The first Ctrl-C ends the run and keeps its figures; a second one ends the process.
void on_signal(int number) {
  interrupted.store(true);
  std::signal(number, SIG_DFL);
}

/// A connection is a descriptor.
void raise_descriptors() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

int main_of(int argc, char** argv) {
  const std::string_view asked = argc > 1 ? argv[1] : "";
  if (asked == "--help" || asked == "-h") {
    std::cout << usage;
    return 0;
  }
  if (asked == "--list") {
    for (const std::string_view name : scenario_names()) std::cout << name << '\n';
    return 0;
  }
  const settings s = read_settings(argc, argv);
  raise_descriptors();
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  std::signal(SIGPIPE, SIG_IGN);
  const result r = run(s, interrupted);
  if (r.ops.empty()) return 1; // interrupted before anything was measured
  std::ofstream file;
  if (!s.output.empty()) file.open(s.output);
  std::ostream& out = s.output.empty() ? std::cout : file;
  out << as_json(s, r) << std::endl;
  if (!out) throw std::runtime_error("the result could not be written");
  if (!s.hgrm.empty()) write_hgrm_files(s.hgrm, r.numbers);
  return is_good(s, r) ? 0 : 1;
}

} // namespace
} // namespace invited::bench

int main(int argc, char** argv) {
  try {
    return invited::bench::main_of(argc, argv);
  } catch (const std::invalid_argument& e) {
    std::cerr << "invited-bench: " << e.what() << " (see --help)\n";
    return 2;
  } catch (const std::exception& e) {
    std::cerr << "invited-bench: " << e.what() << '\n';
    return 1;
  }
}
