#pragma once

#include "bench/generator/client.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace invited::bench {

struct settings;

/// What the clients do. Each thread has a scenario of its own, so nothing is locked.
class scenario {
public:
  virtual ~scenario() = default;
  scenario(const scenario&) = delete;
  scenario& operator=(const scenario&) = delete;

  /// The names of its kinds of request. client::ask() takes the index of one as `op`.
  virtual std::span<const std::string_view> ops() const = 0;

  /// How many clients one iteration needs.
  virtual std::size_t clients_each() const { return 1; }

  /// Makes what the iterations need, with all clients of the thread, before anything is measured.
  virtual coro<void> prepare(std::span<client* const> clients);

  /// Whether something is left to do. False ends the thread's work early.
  virtual bool has_more() const { return true; }

  /// One iteration: number `n` of the run in an open loop, of the thread in a closed one. `team` has
  /// clients_each() clients that nothing else uses meanwhile.
  virtual coro<void> iterate(std::span<client* const> team, std::uint64_t n) = 0;

  /// Called after the last iteration, for checks that need the whole run.
  virtual coro<void> finish(std::span<client* const> clients);

protected:
  scenario() = default;
};

/// The scenario named in `s`, for thread `thread`; null if there is none of that name. `s` must outlive it.
std::unique_ptr<scenario> make_scenario(const settings& s, unsigned thread);

/// All names, in the order of the catalogue.
std::vector<std::string_view> scenario_names();

} // namespace invited::bench
