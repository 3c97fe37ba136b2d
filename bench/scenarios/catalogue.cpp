#include "bench/scenarios/catalogue.hpp"

#include "bench/generator/settings.hpp"

#include <array>

namespace invited::bench {
namespace {

struct entry {
  std::string_view name;
  std::unique_ptr<scenario> (*make)(const settings&, unsigned);
};

constexpr std::array<entry, 11> catalogue = {{{"create", make_create},
                                              {"redeem", make_redeem},
                                              {"pair", make_pair},
                                              {"lifecycle", make_lifecycle},
                                              {"portal", make_portal},
                                              {"bulk", make_bulk},
                                              {"contention", make_contention},
                                              {"noisy-neighbour", make_noisy_neighbour},
                                              {"retry-storm", make_retry_storm},
                                              {"idle", make_idle},
                                              {"restart", make_restart}}};

} // namespace

coro<void> scenario::prepare(std::span<client* const>) {
  co_return;
}

coro<void> scenario::finish(std::span<client* const>) {
  co_return;
}

std::unique_ptr<scenario> make_scenario(const settings& s, unsigned thread) {
  for (const entry& e : catalogue)
    if (e.name == s.scenario) return e.make(s, thread);
  return nullptr;
}

std::vector<std::string_view> scenario_names() {
  std::vector<std::string_view> names;
  for (const entry& e : catalogue) names.push_back(e.name);
  return names;
}

} // namespace invited::bench
