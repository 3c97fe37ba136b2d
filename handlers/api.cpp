#include "handlers/api.hpp"

#include "handlers/making/making_calls.hpp"
#include "handlers/managing/managing_calls.hpp"
#include "handlers/providers/providers_calls.hpp"
#include "handlers/redeeming/redeeming_calls.hpp"
#include "handlers/reporting/reporting_calls.hpp"
#include "handlers/service/service_calls.hpp"
#include "handlers/staff/staff_calls.hpp"

namespace invited::handlers {

api::api(const api_parts& with, system_seconds clock, fault_observer on_fault, const api_settings& settings)
    : with_(with),
      clock_(std::move(clock)),
      on_fault_(std::move(on_fault)),
      settings_(settings),
      accounts_(with.redis, with.seals),
      sign_ins_(with.redis, accounts_, with.seals, with.random),
      throttle_(with.redis, with.seals),
      cookie_(settings.links.base_url),
      devices_(settings.links.base_url, with.seals, with.random, clock_),
      gate_(with.verifier, with.failures, with.quota, with.digest, {accounts_, sign_ins_}, cookie_, clock_),
      passwords_(
          {accounts_, throttle_, with.audit, with.password_worker, with.random, devices_, with.failures}),
      known_(with.redis, with.lane),
      terms_(known_, settings.create.usual, settings.create.rules),
      counts_(with.lane, clock_() / 86400),
      replies_(settings.links.base_url),
      creator_(judge_, with.invites, terms_, settings.create.rules) {}

/// In the order of the search for a path: the most used come first.
router api::public_routes() {
  route_table table;
  add_making_calls(table, {.gate = gate_,
                           .creator = creator_,
                           .judge = judge_,
                           .replies = replies_,
                           .invites = with_.invites,
                           .terms = terms_,
                           .bulks = with_.bulks,
                           .refused_bulks = refused_bulks_,
                           .loop = with_.loop,
                           .on_fault = on_fault_});
  add_redeeming_calls(table, {.invites = with_.invites,
                              .providers = known_,
                              .tokens = with_.tokens,
                              .random = with_.random,
                              .links = settings_.links,
                              .session = settings_.session,
                              .clock = clock_});
  add_managing_calls(table, {.gate = gate_,
                             .invites = with_.invites,
                             .digest = with_.digest,
                             .painter = with_.image_worker,
                             .base_url = settings_.links.base_url});
  add_reporting_calls(table, {.gate = gate_, .counts = counts_, .audit = with_.audit, .clock = clock_});
  add_providers_calls(
      table, {.gate = gate_, .known = known_, .seals = with_.seals, .rules = settings_.create.rules});
  add_staff_calls(table, {.passwords = passwords_,
                          .accounts = accounts_,
                          .sign_ins = sign_ins_,
                          .audit = with_.audit,
                          .cookie = cookie_,
                          .devices = devices_,
                          .password_worker = with_.password_worker,
                          .random = with_.random,
                          .secret = with_.keys.secret(),
                          .rules = settings_.tokens,
                          .clock = clock_});
  add_service_calls(table,
                    {.redis = with_.redis, .ready = with_.ready, .base_url = settings_.links.base_url});
  return router(std::move(table));
}

router api::admin_routes(endpoint& metrics) {
  route_table table;
  add_health_calls(table, {.redis = with_.redis, .ready = with_.ready});
  table.add({verb::get, "/metrics", for_anyone, no_body}, metrics);
  return router(std::move(table));
}

} // namespace invited::handlers
