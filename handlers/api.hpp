#pragma once

#include "handlers/auth/staff_cookie.hpp"
#include "handlers/auth/staff_gate.hpp"
#include "handlers/making/bulk_places.hpp"
#include "handlers/making/creation_replies.hpp"
#include "handlers/making/invite_creator.hpp"
#include "handlers/redeeming/patient_links.hpp"
#include "handlers/routing/router.hpp"
#include "handlers/service/readiness.hpp"
#include "handlers/staff/device_cookie.hpp"
#include "handlers/staff/password_gate.hpp"
#include "handlers/tokens/session_token.hpp"
#include "store/async/turn.hpp"
#include "store/async/worker.hpp"
#include "store/audit/audit_digest.hpp"
#include "store/audit/audit_log.hpp"
#include "store/base/tally.hpp"
#include "store/counting/analytics.hpp"
#include "store/crypto/sealer.hpp"
#include "store/invites/invites.hpp"
#include "store/providers/providers.hpp"
#include "store/redis/connection.hpp"
#include "store/redis/reading_lane.hpp"
#include "store/staff/accounts.hpp"
#include "store/staff/sign_in_throttle.hpp"
#include "store/staff/sign_ins.hpp"

#include <chrono>

namespace invited::handlers {

/// The configuration of the calls.
struct api_settings {
  create_policy create;
  patient_links links;
  std::chrono::seconds session;
  staff_token_rules tokens;
};

/// What the calls of one core use. Everything here must outlive them. All cores share `keys`, `failures`,
/// `quota`, `bulks` and `ready`; the others are this core's.
struct api_parts {
  store::redis::connection& redis;
  store::reading_lane lane; ///< for costly reads
  store::invites& invites;
  store::audit_log& audit;
  store::audit_digest& digest; ///< of that log
  store::sealer& seals;
  store::entropy& random;
  session_tokens& tokens;
  const staff_keys& keys;
  staff_verifier& verifier;
  address_limiter& failures;
  staff_quota& quota;
  bulk_places& bulks;
  const readiness& ready;
  turn& loop;
  worker& image_worker;
  worker& password_worker; ///< see password_gate
};

/// What the calls of one core share, and the tables that map paths to calls. Not movable, because the tables
/// point into it. It must outlive their routers.
class api {
public:
  api(const api_parts& with, system_seconds clock, fault_observer on_fault, const api_settings& settings);
  api(const api&) = delete;
  api& operator=(const api&) = delete;

  router public_routes();

  /// The routes of the admin port. `metrics` knows all cores, and must outlive the router.
  router admin_routes(endpoint& metrics);

  /// The gate before the calls of staff.
  staff_gate& gate() { return gate_; }

  // For the metrics. May be read on any thread.
  const store::tally& refused_tokens() const { return gate_.refused_addresses(); }
  const store::tally& refused_calls() const { return gate_.refused_calls(); }
  const store::tally& refused_bulks() const { return refused_bulks_; }
  const store::tally& refused_from_memory() const { return judge_.refusals(); }

private:
  api_parts with_;
  system_seconds clock_;
  fault_observer on_fault_;
  api_settings settings_;

  store::accounts accounts_;
  store::sign_ins sign_ins_;
  store::sign_in_throttle throttle_;
  staff_cookie cookie_;
  device_cookie devices_;
  staff_gate gate_;
  password_gate passwords_;
  store::providers known_;
  provider_terms terms_;
  store::analytics counts_;
  creation_judge judge_;
  creation_replies replies_;
  invite_creator creator_;
  store::tally refused_bulks_;
};

} // namespace invited::handlers
