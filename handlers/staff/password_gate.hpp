#pragma once

#include "handlers/answers/answer.hpp"
#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "handlers/limits/address_limiter.hpp"
#include "handlers/limits/denial_memory.hpp"
#include "handlers/staff/device_cookie.hpp"
#include "handlers/staff/sign_in_input.hpp"
#include "store/async/task.hpp"
#include "store/async/worker.hpp"
#include "store/audit/audit_log.hpp"
#include "store/staff/accounts.hpp"
#include "store/staff/sign_in_throttle.hpp"

#include <cstdint>
#include <optional>

namespace invited::handlers {

/// Judges user name and password, for every call that takes them. An unknown user, a wrong password and a
/// disabled account cannot be told apart: the answers are the same, and so is the work done for them.
///
/// An address that keeps guessing at an account must wait before the password is checked, by a count that all
/// servers share. All other attempts wait in a queue in which networks (/24, IPv6: /48) take turns. Browsers
/// that signed in for the account before go first. Attempts go last if too many wrong passwords came from
/// their address or for their account. So nobody can keep others out. One object a core.
class password_gate {
public:
  /// Everything here must outlive the object. All cores share `failures` and the queue of `password_worker`.
  /// `password_worker` runs scrypt on two threads for all cores, so that sign-ins never take more than two
  /// cores and 64 MiB of the process.
  struct parts {
    store::accounts& accounts;
    store::sign_in_throttle& throttle;
    store::audit_log& audit;
    worker& password_worker;
    store::entropy& random;
    const device_cookie& devices;
    address_limiter& failures; ///< failures of tokens; a refused attempt is added to them
  };
  explicit password_gate(const parts& with);

  struct verdict {
    store::account who{};
    store::handle name{}; ///< accounts::name_of() of the given user name
    std::int64_t now = 0; ///< ms since 1970, by Redis's clock
  };

  /// 401 `wrong_credentials`, 429 `too_many_attempts`, or 503. `r` must live until the call is done.
  task<step<verdict>> judge(const request& r, credentials given);

private:
  task<void> keep_renewed(store::account& of, const store::password_hash& renewed);
  struct attempt {
    store::sign_in_attempt counted{};
    std::optional<store::stored_account> account{}; ///< nothing: there is no account, or it was not read yet
    bool is_read = false;
  };

  // Whether the attempt may go on, or what it is refused with.
  task<step<>> count(const request& r, std::string_view username, const store::handle& name, attempt& a);
  step<> judge_unasked(const store::sign_in_attempt& a, const request& r);
  task<step<>> read_account(const request& r, std::string_view username, attempt& a);

  task<void> note_failure(const store::account* who, const request& r);

  parts with_;
  /// The password of an unknown user is compared with this; no password has this hash.
  store::password_hash nobody_;
  denial_memory waiting_; ///< those that must wait
};

} // namespace invited::handlers
