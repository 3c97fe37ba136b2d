#pragma once

#include "handlers/http/reason_phrase.hpp"
#include "store/base/tally.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace invited::handlers {

/// The statuses that are counted separately: those with a reason phrase, which are all that the server sends.
/// Any other would be counted in slot 0.
class status_slots {
public:
  static constexpr unsigned first = 100, last = 599;

  static constexpr std::size_t of(unsigned status) {
    return status < first || status > last ? 0 : table[status - first];
  }

  static constexpr std::array<std::uint8_t, last - first + 1> table = [] {
    std::array<std::uint8_t, last - first + 1> slots{};
    std::uint8_t next = 1;
    for (unsigned s = first; s <= last; ++s) {
      if (!reason_phrase(s).empty()) slots[s - first] = next++;
    }
    return slots;
  }();

  static constexpr std::size_t count = [] {
    std::size_t most = 0;
    for (const std::uint8_t slot : table) most = slot > most ? slot : most;
    return most + 1;
  }();
};

/// The counts of one route's calls. Written by one thread, read by any.
class call_tally {
public:
  /// Upper bounds (inclusive) of the buckets of durations, µs. A round trip to Redis is a fraction of a
  /// millisecond, or a few under fsync; its deadline is 2 s.
  static constexpr std::array<std::uint32_t, 12> bounds_us = {
      500, 1000, 2500, 5000, 10'000, 25'000, 50'000, 100'000, 250'000, 500'000, 1'000'000, 2'500'000};

  void add(unsigned status, std::chrono::microseconds took) noexcept;

  std::uint64_t answered(std::size_t status_slot) const { return statuses_[status_slot]; }
  std::uint64_t in_bucket(std::size_t i) const { return buckets_[i]; } ///< i up to bounds_us.size(): the rest
  std::uint64_t total_us() const { return total_us_; }

private:
  std::array<store::tally, status_slots::count> statuses_;
  std::array<store::tally, bounds_us.size() + 1> buckets_;
  store::tally total_us_;
};

/// A tally for each line of a table of calls, and one for requests that match no line. One object for each
/// core and table.
class call_tallies {
public:
  explicit call_tallies(std::size_t lines) : lines_(lines + 1) {}

  /// `line` as response::call.
  void add(std::size_t line, unsigned status, std::chrono::microseconds took) noexcept {
    lines_[line < lines_.size() ? line : lines_.size() - 1].add(status, took);
  }

  std::size_t size() const { return lines_.size(); }
  /// The last one: requests without a route.
  const call_tally& line(std::size_t i) const { return lines_[i]; }

private:
  std::vector<call_tally> lines_; ///< never resized, because other threads read it
};

} // namespace invited::handlers
