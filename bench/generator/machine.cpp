#include "bench/generator/machine.hpp"

#include <fstream>
#include <iterator>
#include <sstream>

#include <time.h>
#include <unistd.h>

namespace invited::bench {

process_usage usage_of(pid_t process) {
  std::ifstream in("/proc/" + std::to_string(process) + "/stat");
  const std::string line{std::istreambuf_iterator<char>(in), {}};
  const std::size_t name_end = line.rfind(')'); // the name may hold anything
  if (name_end == line.npos) return {};
  // proc(5): field 3 comes after the name; utime and stime are 14 and 15, rss, in pages, is 24.
  std::istringstream rest(line.substr(name_end + 1));
  const std::vector<std::string> fields{std::istream_iterator<std::string>(rest), {}};
  if (fields.size() < 22) return {};
  const long ticks = std::stol(fields[11]) + std::stol(fields[12]);
  return {std::chrono::microseconds(ticks * (1'000'000 / ::sysconf(_SC_CLK_TCK))),
          std::stoull(fields[21]) * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE))};
}

usages usages_of(const std::vector<std::pair<std::string, pid_t>>& watched) {
  usages out;
  for (const auto& [name, process] : watched) {
    const process_usage one = usage_of(process);
    out[name].cpu += one.cpu;
    out[name].rss += one.rss;
  }
  return out;
}

thread_usage usage_of_this_thread() {
  thread_usage out;
  timespec used{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  out.cpu = std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec);
  std::ifstream in("/proc/thread-self/schedstat");
  std::int64_t ran = 0, waited = 0;
  if (in >> ran >> waited) out.waited = std::chrono::nanoseconds(waited);
  return out;
}

} // namespace invited::bench
