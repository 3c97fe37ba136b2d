#pragma once

#include <atomic>
#include <cstdint>

namespace invited::test {

/// The content of the file that moved_clock and clock_preload.cpp share. Times are in ms.
struct clock_setting {
  std::atomic<std::int64_t> stands_at; ///< since 1970; 0 if it runs
  std::atomic<std::int64_t> ahead;     ///< of the real time, while it runs

  static constexpr const char* variable = "INVITED_TEST_CLOCK"; ///< names the file
};

} // namespace invited::test
