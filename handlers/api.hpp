#pragma once

#include "handlers/auth/staff_cookie.hpp"
#include "handlers/auth/staff_gate.hpp"
#include "handlers/making/create_answers.hpp"
#include "handlers/making/create_invite.hpp"
#include "handlers/making/create_invites.hpp"
#include "handlers/making/renew_invite.hpp"
#include "handlers/managing/draw_link.hpp"
#include "handlers/managing/list_invites.hpp"
#include "handlers/managing/manage_invite.hpp"
#include "handlers/providers/providers.hpp"
#include "handlers/redeeming/ask_invite.hpp"
#include "handlers/redeeming/assessment.hpp"
#include "handlers/redeeming/read_session.hpp"
#include "handlers/redeeming/redeem_invite.hpp"
#include "handlers/redeeming/return_to_invite.hpp"
#include "handlers/redeeming/show_invite.hpp"
#include "handlers/reporting/read_audit.hpp"
#include "handlers/reporting/show_analytics.hpp"
#include "handlers/routing/router.hpp"
#include "handlers/service/docs.hpp"
#include "handlers/service/health.hpp"
#include "handlers/service/openapi.hpp"
#include "handlers/staff/change_password.hpp"
#include "handlers/staff/device_cookie.hpp"
#include "handlers/staff/own_account.hpp"
#include "handlers/staff/password_gate.hpp"
#include "handlers/staff/sign_in.hpp"
#include "handlers/staff/staff_pages.hpp"

namespace invited::handlers {

/// What the calls are configured with.
struct api_settings {
  create_policy create;
  patient_links links;
  std::chrono::seconds session;
  staff_token_rules tokens;
};

/// What the calls of one core work with. All outlive them; `keys`, `failures`, `quota`, `bulks` and `ready`
/// are shared by all cores, the others are this core's.
struct api_parts {
  store::redis::connection& redis;
  store::reading_lane lane; ///< for reads that cost
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
  worker& beside;
  worker& hashing; ///< see password_gate
};

/// All calls of one core, wired up, and the one table that says which path leads to which. Not movable: the
/// table points into it.
class api {
public:
  api(const api_parts& with, system_seconds clock, const fault_observer& on_fault,
      const api_settings& settings);
  api(const api&) = delete;
  api& operator=(const api&) = delete;

  router public_routes();

  /// What the admin port serves; `metrics`, which knows all cores, outlives the router.
  router admin_routes(endpoint& metrics);

  // For the metrics; may be read on any thread.
  const store::tally& refused_tokens() const { return gate_.refused_addresses(); }
  const store::tally& refused_calls() const { return gate_.refused_calls(); }
  const store::tally& refused_bulks() const { return create_many_.refused_seconds(); }
  const store::tally& refused_from_memory() const { return answers_.refusals(); }

private:
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
  create_answers answers_;
  invite_maker maker_;
  create_invite create_;
  create_invites create_many_;
  list_invites list_;
  read_invite read_;
  read_link link_;
  renew_invite renew_;
  draw_link svg_;
  draw_link png_;
  end_invite revoke_;
  end_invite end_session_;
  end_invite erase_;
  list_providers providers_;
  read_provider provider_;
  set_provider set_provider_;
  show_analytics analytics_;
  show_invite show_;
  redeem_invite redeem_;
  ask_invite ask_;
  return_to_invite return_;
  read_audit audit_;
  read_session session_;
  sign_in sign_in_;
  issue_token token_;
  sign_out sign_out_;
  show_me me_;
  change_password change_password_;
  assessment assessment_;
  healthz healthz_;
  readyz readyz_;
  openapi openapi_;
  show_docs docs_;
  docs_file docs_file_;
  staff_page dashboard_page_{assets::dashboard_page};
  staff_page new_invite_page_{assets::new_invite_page};
  staff_page sign_in_page_{assets::sign_in_page};
  staff_page password_page_{assets::password_page};
  page_file page_file_;
};

} // namespace invited::handlers
