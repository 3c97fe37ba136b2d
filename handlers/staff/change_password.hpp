#pragma once

#include "handlers/auth/staff_endpoint.hpp"
#include "handlers/auth/staff_gate.hpp"
#include "handlers/staff/device_cookie.hpp"
#include "handlers/staff/password_gate.hpp"
#include "handlers/staff/sign_in_input.hpp"

#include <optional>

namespace invited::handlers {

/// POST /users/me/password: another password for whoever knows the present one. It ends all that the account
/// has open, by cookie and by token; a browser gets a sign-in in place of the one that it had, and is known
/// again. For accounts only: a token that is no account's is 403 `no_account`.
class change_password final : public staff_endpoint {
public:
  /// All outlive the object and are this core's.
  struct parts {
    password_gate& passwords; ///< so that here nobody guesses faster than at the sign-in
    store::accounts& accounts;
    store::sign_ins& sign_ins;
    store::audit_log& audit;
    const staff_cookie& cookie;
    const device_cookie& devices;
    worker& password_worker; ///< as password_gate's
    store::entropy& random;
  };
  explicit change_password(const parts& with) : with_(with) {}
  task<response> handle(request& r, const principal& who) override;

private:
  using changed = store::result<std::optional<store::account>>;

  task<response> change(request& r, const principal& who, password_change& wanted);
  task<std::optional<store::password_hash>> hash(std::string& password);
  task<changed> write(const store::account& was, const store::password_hash& hash, std::int64_t now);
  task<response> finish(request& r, const store::account& who, std::int64_t now);

  parts with_;
};

} // namespace invited::handlers
