#include "handlers/auth/staff_gate.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/auth/actor.hpp"
#include "handlers/auth/bearer.hpp"
#include "handlers/limits/rate_fields.hpp"

namespace invited::handlers {

namespace {

problem not_for(role r) {
  return {.status = 403,
          .code = "forbidden",
          .detail = "The role " + std::string(name_of(r)) + " may not do this."};
}

/// The issuer of an account's sign-ins, for scopes such as that of an idempotency key.
constexpr std::string_view own_issuer = "invited";

caller_ptr speak_for(const store::account& a, std::int64_t expires_at) {
  const std::optional<role> known = role_named(a.role);
  if (!known) return nullptr;
  return std::make_shared<const principal>(principal{.issuer = std::string(own_issuer),
                                                     .subject = a.username,
                                                     .name = a.name,
                                                     .role = *known,
                                                     .providers = a.providers,
                                                     .expires_at = expires_at / 1000,
                                                     .account_epoch = a.epoch});
}

} // namespace

staff_gate::staff_gate(staff_verifier& verifier, address_limiter& failures, staff_quota& quota,
                       store::audit_digest& audit, const staff_store& staff, const staff_cookie& cookie,
                       system_seconds clock)
    : verifier_(verifier),
      failures_(failures),
      audit_(audit),
      staff_(staff),
      cookie_(cookie),
      meter_(quota, staff.accounts),
      clock_(std::move(clock)) {}

task<step<caller_ptr>> staff_gate::admit(request& r, price costs) {
  if (r[field::authorization].empty()) {
    if (const auto token = cookie_.find(r)) co_return co_await admit_cookie(*token, r, costs);
  }
  step<caller_ptr> who = find_bearer(r);
  if (!who) co_return who;
  if (step<> paid = pay(**who, costs, r); !paid) co_return std::move(paid).error();
  if (!(*who)->account_epoch) co_return who;
  caller_ptr of_account = *std::move(who);
  co_return co_await admit_account(std::move(of_account), r);
}

/// A caller that is admitted free of charge, but only after a look into Redis, must at least have a unit
/// left.
step<> staff_gate::pay(const principal& who, price costs, const request& r) {
  if (costs == price::unit) return meter_.charge_call(who, r);
  if (who.account_epoch) return meter_.check_unspent(who, r);
  return {};
}

void staff_gate::charge_in_vain(const principal& who, const request& r) {
  if (who.account_epoch) static_cast<void>(meter_.charge_call(who, r));
}

step<caller_ptr> staff_gate::admit_early(const request& r) {
  if (!r[field::authorization].empty() || !cookie_.find(r)) return find_bearer(r);
  const problem p{
      .status = 413,
      .code = "content_too_large",
      .detail =
          "With a cookie, a body needs a Content-Length of at most 16 KiB. Send a bearer token for more."};
  return answer(p, r);
}

task<step<caller_ptr>> staff_gate::admit_account(caller_ptr who, const request& r) {
  const store::result<std::optional<store::stored_account>> found =
      co_await staff_.accounts.find(who->subject);
  if (!found) co_return answer(store_problem(found.error()), r);
  if (*found && !(*found)->is.disabled && (*found)->is.epoch == who->account_epoch) co_return who;
  co_return unauthorized(r, token_errc::signed_out);
}

/// A cookie that we never gave out costs its address a failure, and does not cost Redis anything. One that we
/// gave out is charged to its account before Redis is asked whether it is still valid.
task<step<caller_ptr>> staff_gate::admit_cookie(std::string_view token, request& r, price costs) {
  if (const auto read = cookie_.check_origin(r); !read) co_return answer(read.error(), r);
  const std::optional<store::handle> account = staff_.sign_ins.account_of(token);
  if (!account) {
    failures_.admit(r.client, address_limiter::clock::now());
    co_return unauthorized(r, token_errc::signed_out);
  }
  if (step<> paid = meter_.charge_account(*account, r); !paid) co_return std::move(paid).error();
  const store::result<std::optional<store::open_sign_in>> found = co_await staff_.sign_ins.find(token);
  if (!found) co_return answer(store_problem(found.error()), r);
  caller_ptr who;
  if (*found) who = speak_for((*found)->who, (*found)->expires_at);
  if (!who) co_return unauthorized(r, token_errc::signed_out);
  if ((*found)->token) r.set_cookie = cookie_.set(*(*found)->token, (*found)->left);
  step<> paid; // by the account already
  if (costs == price::unit) paid = meter_.charge_call(*who, r, 0);
  if (!paid) co_return std::move(paid).error();
  co_return who;
}

step<caller_ptr> staff_gate::find_bearer(const request& r) {
  // The characters of a verified token need no second check.
  constexpr std::string_view usual = "Bearer ";
  const std::string_view credentials = r[field::authorization];
  if (credentials.starts_with(usual)) {
    if (auto known = verified_.find(credentials.substr(usual.size()), clock_())) return known;
  }
  const boost::system::result<std::string_view> token = bearer_token(credentials);
  if (!token) return unauthorized(r, token.error());
  if (auto known = verified_.find(*token, clock_())) return known;
  return verify(*token, r);
}

step<caller_ptr> staff_gate::verify(std::string_view token, const request& r) {
  const auto now = address_limiter::clock::now();
  if (const auto wait = failures_.peek(r.client, now)) {
    ++refused_addresses_;
    const problem p{
        .status = 429, .code = "rate_limited", .detail = "Too many refused tokens from this address."};
    response refused = answer(p, r);
    add_retry_after(refused, std::chrono::ceil<std::chrono::milliseconds>(*wait));
    return refused;
  }
  boost::system::result<principal> who = verifier_.verify(token);
  if (!who) {
    // Only tokens that we never signed count: a colleague's expired token must not lock out everybody behind
    // one address.
    if (who.error() == token_errc::bad_signature) failures_.admit(r.client, now);
    return unauthorized(r, who.error());
  }
  auto kept = std::make_shared<const principal>(std::move(*who));
  verified_.put(token, kept, clock_());
  return kept;
}

problem foreign_provider() {
  return {
      .status = 403, .code = "foreign_provider", .detail = "This token may not act for this provider_id."};
}

task<response> staff_gate::refuse_foreign(const principal& who, const request& r) {
  return refuse(foreign_provider(), who, r);
}

task<response> staff_gate::refuse_role(const principal& who, const request& r) {
  return refuse(not_for(who.role), who, r);
}

task<response> staff_gate::refuse(problem p, const principal& who, const request& r) {
  if (step<> paid = meter_.charge_call(who, r); !paid) co_return std::move(paid).error();
  if (!who.providers.empty()) {
    const actor caller(who, r);
    const store::repeatable_event refusal{who.providers.front(), store::audit_action::refused, p.code,
                                          caller};
    co_await audit_.note(refusal);
  }
  co_return answer(p, r);
}

response unauthorized(const request& r, boost::system::error_code why) {
  const auto e = static_cast<token_errc>(why.value());
  const problem p{.status = 401, .code = "unauthorized", .detail = std::string(detail_of(e))};
  response out = answer(p, r);
  out.add("WWW-Authenticate", challenge_for(e));
  return out;
}

} // namespace invited::handlers
