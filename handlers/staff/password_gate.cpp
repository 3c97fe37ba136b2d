#include "handlers/staff/password_gate.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/limits/rate_fields.hpp"
#include "handlers/text/coarse_address.hpp"
#include "store/base/packed_number.hpp"

#include <utility>

namespace invited::handlers {
namespace {

/// Owns what it reads, because it may outlive the request.
struct check {
  credentials given;
  store::password_hash of;
  /// None if the account may not sign in, even with the right password.
  std::optional<store::password_salt> fresh;

  store::password_check operator()() const { return store::check_password(given.password, of, fresh); }
};

/// The unit of counting for an address, as in address_limiter: a /64 of IPv6.
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
      .status = 401, .code = "wrong_credentials", .detail = "The user name or the password is wrong."};
  response out = answer(p, r);
  out.add("WWW-Authenticate", "Bearer");
  return out;
}

response too_many_attempts(const request& r, std::chrono::milliseconds wait) {
  const problem p{.status = 429,
                  .code = "too_many_attempts",
                  .detail = "There were too many wrong passwords for this user from here. Wait a little."};
  response out = answer(p, r);
  add_retry_after(out, wait);
  return out;
}

queue_place place_of(const store::sign_in_attempt& a, const request& r) {
  if (a.known_device) return {queue_rank::first, store::number_at(store::as_text(a.account_name), 0, 8)};
  return {a.crowded ? queue_rank::last : queue_rank::usual, coarse_network(r.client)};
}

/// For denial_memory, which needs a limit; this one never changes.
constexpr store::rate attempts{store::sign_in_throttle::most / 60.0, store::sign_in_throttle::most};

} // namespace

password_gate::password_gate(const parts& with) : with_(with) {
  with_.random.fill(nobody_.salt);
  with_.random.fill(nobody_.hash);
}

task<step<password_gate::verdict>> password_gate::judge(const request& r, credentials given) {
  verdict v;
  v.name = with_.accounts.name_of(given.username);
  attempt a;
  step<> may = co_await count(r, given.username, v.name, a);
  if (may && !a.is_read) {
    may = co_await read_account(r, given.username, a);
    if (!may) co_await with_.throttle.forgive(a.counted);
  }
  if (!may) co_return std::move(may).error();
  v.now = a.counted.at;
  check todo{std::move(given), a.account ? a.account->is.password : nobody_, {}};
  if (a.account && !a.account->is.disabled) with_.random.fill(todo.fresh.emplace());
  const queue_place turn = place_of(a.counted, r);
  offload<check> checked(with_.password_worker, std::move(todo), turn);
  const std::optional<store::password_check> is = co_await checked;
  if (!is) {
    co_await with_.throttle.forgive(a.counted);
    co_return answer(busy(), r);
  }
  if (is->right && a.account && !a.account->is.disabled) {
    co_await with_.throttle.forgive(a.counted);
    if (is->renewed) co_await keep_renewed(a.account->is, *is->renewed);
    v.who = std::move(a.account->is);
    co_return v;
  }
  co_await note_failure(a.account ? &a.account->is : nullptr, r);
  co_return wrong_credentials(r);
}

/// If the store does not answer, the next sign-in will do it.
task<void> password_gate::keep_renewed(store::account& of, const store::password_hash& renewed) {
  const store::result<void> kept = co_await with_.accounts.renew_password(of.username, of.password, renewed);
  if (kept) of.password = renewed;
}

/// The account is read first if the browser has a device cookie for it. Only we make these cookies, so this
/// reveals nothing. For all others it is read when it is settled that they need not wait.
task<step<>> password_gate::count(const request& r, std::string_view username, const store::handle& name,
                                  attempt& a) {
  const std::optional<known_device> device = with_.devices.find(r, name);
  std::optional<store::handle> claimed;
  if (device) {
    a.counted = with_.throttle.from_device(name, device->id);
    claimed = a.counted.own;
    if (auto may = judge_unasked(a.counted, r); !may) co_return may;
    step<> read = co_await read_account(r, username, a);
    if (!read) co_return read;
  }
  if (!device || !a.account || a.account->is.epoch != device->epoch) {
    a.counted = with_.throttle.from_address(name, throttled_address(r));
    if (auto may = judge_unasked(a.counted, r); !may) co_return may;
  }
  const store::result<void> counted = co_await with_.throttle.count(a.counted);
  if (!counted) co_return answer(store_problem(counted.error()), r);
  if (!a.counted.wait) co_return step<>();

  const auto now = denial_memory::clock::now(), until = now + *a.counted.wait;
  waiting_.remember(store::as_text(a.counted.own), attempts, until, now);
  if (claimed) waiting_.remember(store::as_text(*claimed), attempts, until, now); // even if it was void
  with_.failures.admit(r.client, now);
  co_return too_many_attempts(r, *a.counted.wait);
}

/// The refusals that need no call to Redis. A client that had to wait but goes on may ask Redis as often as a
/// client may send forged tokens, because its count may have changed. After that the answer stays the same.
/// This applies only to the attempt that had to wait, not to everything from its address.
step<> password_gate::judge_unasked(const store::sign_in_attempt& a, const request& r) {
  const auto now = denial_memory::clock::now();
  if (with_.failures.peek(r.client, now)) {
    if (const auto wait = waiting_.refused_for(store::as_text(a.own), attempts, now))
      return too_many_attempts(r, *wait);
  }
  if (with_.password_worker.is_full(place_of(a, r))) return answer(busy(), r);
  return {};
}

task<step<>> password_gate::read_account(const request& r, std::string_view username, attempt& a) {
  store::result<std::optional<store::stored_account>> found = co_await with_.accounts.find(username);
  if (!found) co_return answer(store_problem(found.error()), r);
  a.account = std::move(*found);
  a.is_read = true;
  co_return step<>();
}

/// An unknown user is noted without the name, because people type passwords there. It is noted under no
/// provider, like an admin's failure, so that it takes a write of the store like any other.
task<void> password_gate::note_failure(const store::account* who, const request& r) {
  std::string address;
  append_address(address, r.client);
  const store::account nobody{.username = {}, .role = "unknown"};
  const std::string_view outcome = who != nullptr && who->disabled ? "disabled" : "wrong_credentials";
  static_cast<void>(co_await store::note_account(with_.audit, who != nullptr ? *who : nobody,
                                                 store::audit_action::sign_in_failed, address, outcome));
}

} // namespace invited::handlers
