#include "handlers/staff/change_password.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/require_json.hpp"
#include "handlers/answers/store_problem.hpp"
#include "handlers/fields/fields.hpp"
#include "handlers/staff/password_rules.hpp"
#include "handlers/text/coarse_address.hpp"
#include "store/crypto/secret_text.hpp"

namespace invited::handlers {
namespace {

/// Owns what it reads, because it may outlive the request.
struct hash_work {
  std::string password;
  store::password_salt salt;

  hash_work(std::string&& of, const store::password_salt& with) : password(std::move(of)), salt(with) {}
  hash_work(hash_work&&) = default;
  ~hash_work() { store::wipe(password); }

  store::password_hash operator()() const { return store::hash_password(password, salt); }
};

problem no_account() {
  return {.status = 403,
          .code = "no_account",
          .detail =
              "This token does not belong to an account on this server, so there is no password to change."};
}

problem wrong_password() {
  return {.status = 403, .code = "wrong_password", .detail = "The old password is wrong."};
}

/// 422 if the new password breaks a rule.
result<void> judge_new(const password_change& wanted, const principal& who) {
  checked<> found = check_new_password(wanted.new_password, {who.subject, who.name});
  if (found && wanted.new_password == wanted.old_password)
    found = flaw{"same_as_old", "The new password must not be the old one."};
  if (found) return {};
  std::vector<field_error> errors;
  note(errors, "/new_password", std::move(found));
  return invalid_content(std::move(errors));
}

} // namespace

task<response> change_password::handle(request& r, const principal& who) {
  if (!who.account_epoch) co_return answer(no_account(), r);
  if (step<> is_json = require_json(r); !is_json) co_return std::move(is_json).error();
  result<password_change> wanted = read_password_change(r.body);
  if (!wanted) co_return answer(wanted.error(), r);
  if (const auto judged = judge_new(*wanted, who); !judged) co_return answer(judged.error(), r);
  co_return co_await change(r, who, *wanted);
}

task<response> change_password::change(request& r, const principal& who, password_change& wanted) {
  credentials old;
  old.username = who.subject;
  old.password = std::move(wanted.old_password);
  const step<password_gate::verdict> v = co_await with_.passwords.judge(r, std::move(old));
  // 401 would say that the caller is not signed in.
  if (!v) co_return v.error().status == 401 ? answer(wrong_password(), r) : v.error();

  const std::optional<store::password_hash> hash = co_await this->hash(wanted.new_password);
  if (!hash) co_return answer(busy(), r);
  const changed now_is = co_await write(v->who, *hash, v->now);
  if (!now_is) co_return answer(store_problem(now_is.error()), r);
  if (!*now_is) co_return unauthorized(r, token_errc::signed_out);
  co_return co_await finish(r, **now_is, v->now);
}

/// Takes the password. Nothing if too many wait to be hashed.
task<std::optional<store::password_hash>> change_password::hash(std::string& password) {
  store::password_salt salt;
  with_.random.fill(salt);
  hash_work todo(std::move(password), salt);
  constexpr queue_place knows_the_old_one{.rank = queue_rank::first};
  offload<hash_work> hashed(with_.password_worker, std::move(todo), knows_the_old_one);
  co_return co_await hashed;
}

/// Nothing if the account has changed since its password was checked: an operator was faster.
task<change_password::changed> change_password::write(const store::account& was,
                                                      const store::password_hash& hash, std::int64_t now) {
  bool same = false;
  std::function<void(store::account&)> act = [&](store::account& a) {
    same = !a.disabled && a.epoch == was.epoch;
    if (!same) return;
    a.password = hash;
    store::end_sign_ins(a, now);
  };
  changed is = co_await with_.accounts.change(was.username, std::move(act));
  if (is && !same) co_return std::nullopt;
  co_return is;
}

/// The change is done, whatever the store answers to the rest. If that fails, the user signs in again.
task<response> change_password::finish(request& r, const store::account& who, std::int64_t now) {
  std::string address;
  append_address(address, r.client);
  constexpr std::string_view success;
  static_cast<void>(co_await store::note_account(with_.audit, who, store::audit_action::password_changed,
                                                 address, success));
  response out{.status = 204};
  if (!r[field::authorization].empty()) co_return out;
  const store::result<std::string> token = co_await with_.sign_ins.begin(who, now);
  r.set_cookie.clear(); // the sign-in that it would prolong has ended
  out.add("Set-Cookie", token ? with_.cookie.set(*token, store::sign_ins::idle) : with_.cookie.clear());
  out.add("Set-Cookie", with_.devices.set(r, with_.accounts.name_of(who.username), who.epoch));
  co_return out;
}

} // namespace invited::handlers
