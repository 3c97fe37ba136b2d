#include "handlers/api.hpp"

namespace invited::handlers {
namespace {

constexpr std::size_t no_body = 1024; // read and dropped
constexpr std::size_t small_body = 16 * 1024;
constexpr std::size_t bulk_body = 1024 * 1024;

} // namespace

api::api(const api_parts& with, system_seconds clock, const fault_observer& on_fault,
         const api_settings& settings)
    : accounts_(with.redis, with.seals),
      sign_ins_(with.redis, accounts_, with.seals, with.random),
      throttle_(with.redis, with.seals),
      cookie_(settings.links.base_url),
      devices_(settings.links.base_url, with.seals, with.random, clock),
      gate_(with.verifier, with.failures, with.quota, with.digest, {accounts_, sign_ins_}, cookie_, clock),
      passwords_({accounts_, throttle_, with.audit, with.hashing, with.random, devices_, with.failures}),
      known_(with.redis, with.lane),
      terms_(known_, settings.create.usual, settings.create.rules),
      counts_(with.lane, clock() / 86400),
      answers_(settings.links.base_url),
      maker_(answers_, with.invites, terms_, settings.create.rules),
      create_(gate_, maker_, answers_),
      create_many_(gate_, maker_, answers_, with.bulks, with.loop, on_fault),
      list_(gate_, with.invites, with.digest),
      read_(gate_, with.invites),
      link_(gate_, with.invites, settings.links.base_url),
      renew_(gate_, answers_, with.invites, terms_),
      svg_(gate_, with.invites, settings.links.base_url, with.beside, svg_image),
      png_(gate_, with.invites, settings.links.base_url, with.beside, png_image),
      revoke_(gate_, with.invites, store::ending::revoke),
      end_session_(gate_, with.invites, store::ending::end_session),
      erase_(gate_, with.invites, store::ending::erase),
      providers_(gate_, known_),
      provider_(gate_, known_),
      set_provider_(gate_, known_, with.seals, settings.create.rules),
      analytics_(gate_, counts_, clock),
      show_(with.invites, known_, with.random, settings.links, settings.session),
      redeem_(with.invites, known_, with.tokens, settings.links, settings.session, with.loop),
      ask_(with.invites),
      audit_(gate_, with.audit),
      session_(with.invites, with.tokens),
      sign_in_(passwords_, sign_ins_, with.audit, cookie_, devices_),
      token_(passwords_, with.audit, cookie_, with.keys.secret(), settings.tokens, clock),
      sign_out_(gate_, {accounts_, sign_ins_}, with.audit, cookie_, clock),
      me_(gate_),
      change_password_({gate_, passwords_, accounts_, sign_ins_, with.audit, cookie_, devices_, with.hashing,
                        with.random}),
      readyz_(with.redis, with.ready) {}

router api::public_routes() {
  return router({
      {verb::post, "/generate_invite", audience::staff, small_body, &create_},
      {verb::post, "/generate_invites", audience::staff, bulk_body, &create_many_},
      {verb::get, "/invites", audience::staff, no_body, &list_},
      {verb::get, "/invites/{ref}", audience::staff, no_body, &read_},
      {verb::del, "/invites/{ref}", audience::staff, no_body, &erase_},
      {verb::get, "/invites/{ref}/link", audience::staff, no_body, &link_},
      {verb::post, "/invites/{ref}/renew", audience::staff, no_body, &renew_},
      {verb::get, "/invites/{ref}/qr.svg", audience::staff, no_body, &svg_},
      {verb::get, "/invites/{ref}/qr.png", audience::staff, no_body, &png_},
      {verb::post, "/invites/{ref}/revoke", audience::staff, no_body, &revoke_},
      {verb::post, "/invites/{ref}/end_session", audience::staff, no_body, &end_session_},
      {verb::get, "/audit", audience::staff, no_body, &audit_},
      {verb::get, "/providers", audience::staff, no_body, &providers_},
      {verb::get, "/providers/{provider_id}", audience::staff, no_body, &provider_},
      {verb::put, "/providers/{provider_id}", audience::staff, small_body, &set_provider_},
      {verb::get, "/analytics", audience::staff, no_body, &analytics_},
      {verb::post, "/sign-in", audience::staff, small_body, &sign_in_},
      {verb::post, "/token", audience::staff, small_body, &token_},
      {verb::post, "/sign-out", audience::staff, no_body, &sign_out_},
      {verb::get, "/users/me", audience::staff, no_body, &me_},
      {verb::post, "/users/me/password", audience::staff, small_body, &change_password_},
      {verb::post, "/invite/{invite_id}/redeem", audience::patient, small_body, &redeem_},
      {verb::post, "/invite/{invite_id}/ask", audience::patient, no_body, &ask_},
      {verb::get, "/invite/{invite_id}", audience::patient, no_body, &show_},
      {verb::get, "/invite/{invite_id}/redeem", audience::patient, no_body, &return_},
      {verb::get, "/invite/{invite_id}/ask", audience::patient, no_body, &return_},
      {verb::get, "/session", audience::patient, no_body, &session_},
      {verb::get, "/assessment", audience::patient, no_body, &assessment_},
      {verb::get, "/healthz", audience::open, no_body, &healthz_},
      {verb::get, "/readyz", audience::open, no_body, &readyz_},
      {verb::get, "/openapi.json", audience::patient, no_body, &openapi_},
      {verb::get, "/docs", audience::open, no_body, &docs_},
      {verb::get, "/docs/{file}", audience::patient, no_body, &docs_file_},
      {verb::get, "/", audience::open, no_body, &dashboard_page_},
      {verb::get, "/invite", audience::open, no_body, &new_invite_page_},
      {verb::get, "/sign-in", audience::open, no_body, &sign_in_page_},
      {verb::get, "/password", audience::open, no_body, &password_page_},
      {verb::get, "/assets/{file}", audience::patient, no_body, &page_file_},
  });
}

router api::admin_routes(endpoint& metrics) {
  return router({
      {verb::get, "/healthz", audience::open, no_body, &healthz_},
      {verb::get, "/readyz", audience::open, no_body, &readyz_},
      {verb::get, "/metrics", audience::open, no_body, &metrics},
  });
}

} // namespace invited::handlers
