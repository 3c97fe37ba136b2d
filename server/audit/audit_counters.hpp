#pragma once

#include <atomic>
#include <cstdint>

namespace invited::server {

/// What has become of the audit, for metrics. Written by one core, read on any thread.
struct audit_counters {
  std::atomic<std::uint64_t> exported{0};      ///< entries that are on disk and acknowledged
  std::atomic<std::uint64_t> lost{0};          ///< trimmed away before any server had exported them
  std::atomic<std::uint64_t> failed_writes{0}; ///< batches that the file did not take; they are taken again
  std::atomic<std::int64_t> waiting_events{0}; ///< not yet acknowledged, as the last look found them
  std::atomic<std::int64_t> waiting_creations{0}; ///< the same
  std::atomic<std::int64_t> entries{0};           ///< events in Redis, of all servers, a moment ago
  std::atomic<std::int64_t> most_entries{0};      ///< with so many the audit is full
};

} // namespace invited::server
