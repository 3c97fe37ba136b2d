#include "handlers/auth/password_gate.hpp"

#include "handlers/answer.hpp"
#include "handlers/http/coarse_address.hpp"
#include "handlers/limits/rate_fields.hpp"
#include "handlers/store_problem.hpp"

#include <utility>

namespace invited::handlers {
namespace {

/// Owns what it reads, for it may outlive the request.
struct check {
  credentials given;
  store::password_hash of;
  std::optional<store::password_salt> fresh; ///< none for whoever is not let in, right or wrong

  store::password_check operator()() const { return store::check_password(given.password, of, fresh); }
};

/// What counts as one address: as address_limiter has it, /64 of IPv6.
std::string throttled_address(const request& r) {
  std::string text;
  append_address(text, r.client);
  if (!r.client.is_v6() || r.client.to_v6().is_v4_mapped()) return text;
  auto bytes = r.client.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
  text.clear();
  append_address(text, boost::asio::ip::address_v6(bytes));
  return text;
}

response wrong_credentials(const request& r) {
  const problem p{
      .status = 401, .code = "wrong_credentials", .detail = "There is no such user with this password."};
  response out = answer(p, r);
  out.add("WWW-Authenticate", "Bearer");
  return out;
}

response too_many_attempts(const request& r, std::chrono::milliseconds wait) {
  const problem p{.status = 429,
                  .code = "too_many_attempts",
                  .detail = "Too many wrong passwords for this user or from this address. Wait a little."};
  response out = answer(p, r);
  add_retry_after(out, wait);
  return out;
}

} // namespace

password_gate::password_gate(const parts& with) : with_(with) {
  with_.random.fill(nobody_.salt);
  with_.random.fill(nobody_.hash);
}

task<password_gate::verdict> password_gate::judge(const request& r, credentials given) {
  verdict v;
  const store::handle name = with_.accounts.name_of(given.username);
  const std::string from = throttled_address(r);
  const store::result<store::sign_in_attempt> counted = co_await with_.throttle.count(name, from);
  if (!counted) {
    v.refused = answer(store_problem(counted.error()), r);
    co_return v;
  }
  if (counted->wait) {
    v.refused = too_many_attempts(r, *counted->wait);
    co_return v;
  }
  v.now = counted->account_at;
  store::result<std::optional<store::stored_account>> found = co_await with_.accounts.find(given.username);
  if (!found) {
    co_await with_.throttle.forgive(*counted);
    v.refused = answer(store_problem(found.error()), r);
    co_return v;
  }
  check todo{std::move(given), *found ? (*found)->is.password : nobody_, {}};
  if (*found && !(*found)->is.disabled) with_.random.fill(todo.fresh.emplace());
  offload<check> checked(with_.hashing, std::move(todo));
  const std::optional<store::password_check> is = co_await checked;
  if (!is) {
    co_await with_.throttle.forgive(*counted);
    v.refused = answer(busy(), r);
    co_return v;
  }
  if (is->right && *found && !(*found)->is.disabled) {
    co_await with_.throttle.forgive(*counted);
    if (is->renewed) co_await keep_renewed((*found)->is, *is->renewed);
    v.who = std::move((*found)->is);
    co_return v;
  }
  co_await note_failure(*found ? &(*found)->is : nullptr, r);
  v.refused = wrong_credentials(r);
  co_return v;
}

/// Where the store does not answer, the next sign-in will do it.
task<void> password_gate::keep_renewed(store::account& of, const store::password_hash& renewed) {
  const store::result<void> kept = co_await with_.accounts.renew_password(of.username, of.password, renewed);
  if (kept) of.password = renewed;
}

/// An unknown user is noted without the name: people type passwords there. Under no provider, as an admin's
/// failure is; and so that it takes a write of the store as any other does.
task<void> password_gate::note_failure(const store::account* who, const request& r) {
  std::string address;
  append_address(address, r.client);
  const store::account nobody{.username = {}, .role = "unknown"};
  const std::string_view outcome = who != nullptr && who->disabled ? "disabled" : "wrong_credentials";
  static_cast<void>(co_await store::note_account(with_.audit, who != nullptr ? *who : nobody,
                                                 store::audit_action::sign_in_failed, address, outcome));
}

} // namespace invited::handlers
