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

/// Judges user name and password, for every call that takes them. Nothing tells an unknown user from a wrong
/// password, nor from a disabled account: the answers are the same, and the same work is done for them.
///
/// Who guesses at an account from one address is told to wait before the password is looked at, by a count
/// that all servers share. All others wait for their turn, in a queue in which networks (/24, IPv6: /48) take
/// turns: browsers that signed in for the account before go first, and last whoever comes from an address,
/// or for an account, that too many wrong passwords came from or for. So nobody keeps others out. One object
/// a core.
class password_gate {
public:
  /// All outlive the object; `failures` and the queue of `password_worker` are shared by all cores.
  /// `password_worker` runs scrypt: two threads for all cores, so that sign-ins take no more than two cores
  /// and 64 MiB of the process, whoever asks.
  struct parts {
    store::accounts& accounts;
    store::sign_in_throttle& throttle;
    store::audit_log& audit;
    worker& password_worker;
    store::entropy& random;
    const device_cookie& devices;
    address_limiter& failures; ///< of tokens; a refused attempt is charged to it
  };
  explicit password_gate(const parts& with);

  struct verdict {
    store::account who{};
    store::handle name{}; ///< accounts::name_of what was given
    std::int64_t now = 0; ///< ms since 1970, by Redis's clock
  };

  /// 401 `wrong_credentials`, 429 `too_many_attempts`, 503. `r` must live until it is done.
  task<step<verdict>> judge(const request& r, credentials given);

private:
  task<void> keep_renewed(store::account& of, const store::password_hash& renewed);
  struct attempt {
    store::sign_in_attempt counted{};
    std::optional<store::stored_account> account{}; ///< nothing: there is none, or it was not read yet
    bool is_read = false;
  };

  // Whether the attempt may go on, or what it is refused with.
  task<step<>> count(const request& r, std::string_view username, const store::handle& name, attempt& a);
  step<> judge_unasked(const store::sign_in_attempt& a, const request& r);
  task<step<>> read_account(const request& r, std::string_view username, attempt& a);

  task<void> note_failure(const store::account* who, const request& r);

  parts with_;
  store::password_hash nobody_; ///< what an unknown user's password is compared with: no password's hash
  denial_memory waiting_;       ///< who was told to wait
};

} // namespace invited::handlers
