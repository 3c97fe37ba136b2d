#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace invited::bench {

/// What a process has used so far, from /proc/PID/stat; zeros after it has ended.
struct process_usage {
  std::chrono::microseconds cpu{}; ///< user and system, of all its threads; in steps of 10 ms
  std::uint64_t rss = 0;           ///< bytes
};
process_usage usage_of(pid_t process);

/// The same for several processes, by name. Processes of one name (a server's workers) are added up.
using usages = std::map<std::string, process_usage>;
usages usages_of(const std::vector<std::pair<std::string, pid_t>>& watched);

/// What the calling thread has used so far.
struct thread_usage {
  std::chrono::nanoseconds cpu{};
  std::chrono::nanoseconds waited{}; ///< ready to run, but another had the core: /proc/thread-self/schedstat
};
thread_usage usage_of_this_thread();

} // namespace invited::bench
