#include "handlers/api.hpp"

namespace invited::handlers {
namespace {

constexpr std::size_t no_body = 1024; // read and dropped
constexpr std::size_t small_body = 16 * 1024;
constexpr std::size_t bulk_body = 1024 * 1024;

} // namespace

api::api(store::redis::connection& redis, store::invites& invites, store::audit_log& audit,
         store::entropy& random, session_tokens& tokens, staff_verifier& verifier, address_limiter& failures,
         system_seconds clock, const readiness& ready, turn& loop,
         const fault_observer& on_fault, const api_settings& settings)
    : gate_(verifier, failures, audit, std::move(clock)),
      answers_(settings.links.base_url),
      maker_(answers_, invites, settings.create),
      create_(gate_, maker_, answers_),
      create_many_(gate_, maker_, answers_, loop, on_fault),
      list_(gate_, invites),
      read_(gate_, invites),
      link_(gate_, invites, settings.links.base_url),
      renew_(gate_, answers_, invites, settings.create.limit),
      revoke_(gate_, invites, store::ending::revoke),
      end_session_(gate_, invites, store::ending::end_session),
      erase_(gate_, invites, store::ending::erase),
      show_(invites, random, settings.links, settings.session),
      redeem_(invites, tokens, settings.links, settings.session),
      ask_(invites),
      audit_(gate_, audit),
      session_(invites, tokens),
      readyz_(redis, ready) {}

router api::public_routes() {
  return router({
      {verb::post, "/generate_invite", audience::staff, small_body, &create_},
      {verb::post, "/generate_invites", audience::staff, bulk_body, &create_many_},
      {verb::get, "/invites", audience::staff, no_body, &list_},
      {verb::get, "/invites/{ref}", audience::staff, no_body, &read_},
      {verb::del, "/invites/{ref}", audience::staff, no_body, &erase_},
      {verb::get, "/invites/{ref}/link", audience::staff, no_body, &link_},
      {verb::post, "/invites/{ref}/renew", audience::staff, no_body, &renew_},
      {verb::post, "/invites/{ref}/revoke", audience::staff, no_body, &revoke_},
      {verb::post, "/invites/{ref}/end_session", audience::staff, no_body, &end_session_},
      {verb::get, "/audit", audience::staff, no_body, &audit_},
      {verb::post, "/invite/{invite_id}/redeem", audience::patient, small_body, &redeem_},
      {verb::post, "/invite/{invite_id}/ask", audience::patient, no_body, &ask_},
      {verb::get, "/invite/{invite_id}", audience::patient, no_body, &show_},
      {verb::get, "/session", audience::patient, no_body, &session_},
      {verb::get, "/assessment", audience::patient, no_body, &assessment_},
      {verb::get, "/healthz", audience::open, no_body, &healthz_},
      {verb::get, "/readyz", audience::open, no_body, &readyz_},
  });
}

router api::admin_routes() {
  return router({
      {verb::get, "/healthz", audience::open, no_body, &healthz_},
      {verb::get, "/readyz", audience::open, no_body, &readyz_},
  });
}

} // namespace invited::handlers
