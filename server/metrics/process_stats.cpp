#include "server/metrics/process_stats.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace invited::server {
namespace {

double seconds_of(const timeval& t) {
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
}

/// Since Linux 6.2 the folder's size is the number of descriptors; before, it is 0 and they must be counted.
std::optional<std::uint64_t> count_open_fds() {
  struct stat folder {};
  if (::stat("/proc/self/fd", &folder) != 0) return {};
  if (folder.st_size > 0) return static_cast<std::uint64_t>(folder.st_size);
  std::error_code failed;
  std::filesystem::directory_iterator entries("/proc/self/fd", failed);
  if (failed) return {};
  std::uint64_t n = 0;
  for (const std::filesystem::directory_iterator none; entries != none && !failed; entries.increment(failed))
    ++n;
  return n > 0 ? n - 1 : 0; // without the one used for looking
}

} // namespace

process_stats read_process_stats() {
  process_stats now;
  rusage used{};
  if (::getrusage(RUSAGE_SELF, &used) == 0) {
    now.cpu_seconds = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
  }
  std::uint64_t pages = 0, resident = 0;
  if (std::ifstream("/proc/self/statm") >> pages >> resident) {
    const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    now.virtual_bytes = pages * page;
    now.resident_bytes = resident * page;
  }
  now.open_fds = count_open_fds();
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) now.max_fds = limit.rlim_cur;
  return now;
}

} // namespace invited::server
