#pragma once

#include <cstdint>
#include <optional>

namespace invited::server {

/// What the kernel says about this process. A value is missing if the kernel does not say it.
struct process_stats {
  double cpu_seconds = 0; ///< user and system
  std::optional<std::uint64_t> resident_bytes{};
  std::optional<std::uint64_t> virtual_bytes{};
  std::optional<std::uint64_t> open_fds{};
  std::optional<std::uint64_t> max_fds{};
};

/// Reads /proc/self and asks the kernel. Takes a fraction of a millisecond.
process_stats read_process_stats();

} // namespace invited::server
