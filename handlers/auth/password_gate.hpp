#pragma once

#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"
#include "handlers/input/sign_in_input.hpp"
#include "store/async/task.hpp"
#include "store/async/worker.hpp"
#include "store/audit/audit_log.hpp"
#include "store/staff/accounts.hpp"
#include "store/staff/sign_in_throttle.hpp"

#include <cstdint>
#include <optional>

namespace invited::handlers {

/// Judges user name and password, for every call that takes them. Nothing tells an unknown user from a wrong
/// password, nor from a disabled account: the answers are the same, and the same work is done for them. Who
/// guesses is told to wait before the password is looked at, by a count that all servers share. One object a
/// core.
class password_gate {
public:
  /// All outlive the object. `hashing` runs scrypt: one thread for all cores, so that sign-ins take no more
  /// than one core and 32 MiB of the process, whoever asks.
  struct parts {
    store::accounts& accounts;
    store::sign_in_throttle& throttle;
    store::audit_log& audit;
    worker& hashing;
    store::entropy& random;
  };
  explicit password_gate(const parts& with);

  struct verdict {
    std::optional<store::account> who{};
    std::int64_t now = 0; ///< ms since 1970, by Redis's clock
    response refused{};   ///< without `who`: 401 `wrong_credentials`, 429 `too_many_attempts`, 503
  };

  /// `r` must live until it is done.
  task<verdict> judge(const request& r, credentials given);

private:
  task<void> keep_renewed(store::account& of, const store::password_hash& renewed);
  task<void> note_failure(const store::account* who, const request& r);

  parts with_;
  store::password_hash nobody_; ///< what an unknown user's password is compared with: no password's hash
};

} // namespace invited::handlers
