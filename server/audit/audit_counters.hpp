#pragma once

#include <atomic>
#include <cstdint>

namespace invited::server {

/// Counts of the audit, for metrics. Written by one core, read on any thread.
struct audit_counters {
  std::atomic<std::uint64_t> exported{0}; ///< entries that are on disk and acknowledged
  std::atomic<std::uint64_t> lost{0};     ///< trimmed before any server had exported them
  /// Batches that could not be written to the file; they are tried again.
  std::atomic<std::uint64_t> failed_writes{0};
  std::atomic<std::int64_t> waiting_events{0};    ///< entries not acknowledged at the last look
  std::atomic<std::int64_t> waiting_creations{0}; ///< the same
  std::atomic<std::int64_t> entries{0};           ///< events of all servers in Redis, a moment ago
  std::atomic<std::int64_t> most_entries{0};      ///< the audit is full with so many events
};

} // namespace invited::server
