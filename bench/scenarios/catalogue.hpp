#pragma once

#include "bench/generator/scenario.hpp"

#include <memory>

namespace invited::bench {

// A function for each scenario. `s` must outlive what it returns.
std::unique_ptr<scenario> make_create(const settings& s, unsigned thread);
std::unique_ptr<scenario> make_redeem(const settings& s, unsigned thread);
std::unique_ptr<scenario> make_lifecycle(const settings& s, unsigned thread);
std::unique_ptr<scenario> make_pair(const settings& s, unsigned thread);
std::unique_ptr<scenario> make_portal(const settings& s, unsigned thread);
std::unique_ptr<scenario> make_bulk(const settings& s, unsigned thread);
std::unique_ptr<scenario> make_contention(const settings& s, unsigned thread);
std::unique_ptr<scenario> make_noisy_neighbour(const settings& s, unsigned thread);
std::unique_ptr<scenario> make_retry_storm(const settings& s, unsigned thread);
std::unique_ptr<scenario> make_idle(const settings& s, unsigned thread);
std::unique_ptr<scenario> make_restart(const settings& s, unsigned thread);

} // namespace invited::bench
