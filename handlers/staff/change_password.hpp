#pragma once

#include "handlers/auth/staff_endpoint.hpp"
#include "handlers/auth/staff_gate.hpp"
#include "handlers/staff/device_cookie.hpp"
#include "handlers/staff/password_gate.hpp"
#include "handlers/staff/sign_in_input.hpp"

#include <optional>

namespace invited::handlers {

/// POST /users/me/password: changes the password of a caller who knows the present one. It ends every sign-in
/// and token of the account. A browser gets a new sign-in and a new device cookie in place of its old ones.
/// For accounts only: a token without an account gets 403 `no_account`.
class change_password final : public staff_endpoint {
public:
  /// All references must outlive the object and are this core's.
  struct parts {
    password_gate& passwords; ///< so that guessing here is not faster than at the sign-in
    store::accounts& accounts;
    store::sign_ins& sign_ins;
    store::audit_log& audit;
    const staff_cookie& cookie;
    const device_cookie& devices;
    worker& password_worker; ///< as in password_gate
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
