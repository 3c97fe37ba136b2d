#pragma once

#include "handlers/routing/router.hpp"
#include "server/core/shared_state.hpp"
#include "server/metrics/process_stats.hpp"
#include "store/crypto/sealer.hpp"

#include <span>
#include <string>

namespace invited::server {

/// The text of GET /metrics, with all cores added up. `routes` is the public table; the cores' tallies are in
/// its order.
std::string render_metrics(const shared_state& shared, std::span<const handlers::route> routes,
                           const store::sealer& seals, const process_stats& process);

} // namespace invited::server
