#pragma once

#include "tests/support/clock_setting.hpp"
#include "tests/support/temp_folder.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace invited::test {

/// The wall clock of a redis_server that was started with it. A test sets it; TIME, TTL and expiry follow at
/// once. The test's own clock stays the real one.
class moved_clock {
public:
  /// Stands at this ms since 1970, as by stand_at(). With 0 it is the real clock until a test sets it.
  explicit moved_clock(std::int64_t stands_at = 0);
  ~moved_clock();
  moved_clock(const moved_clock&) = delete;
  moved_clock& operator=(const moved_clock&) = delete;

  /// Runs on from now, this much ahead of the real time, or behind it.
  void run_ahead(std::chrono::milliseconds by);

  /// Stands at this ms since 1970, so that a test knows when everything happens.
  void stand_at(std::int64_t ms);

  /// The time at which it stands; 0 if it runs.
  std::int64_t ms() const { return setting_->stands_at; }

  /// NAME=value for the server's process.
  std::vector<std::string> environment() const;

private:
  temp_folder folder_;
  clock_setting* setting_; ///< in a mapped file
};

} // namespace invited::test
