#pragma once

#include "store/async/task.hpp"
#include "store/audit/audit_log.hpp"
#include "store/base/errc.hpp"
#include "store/crypto/sealer.hpp"
#include "store/redis/connection.hpp"
#include "store/staff/account.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::store {

/// An account as Redis has it.
struct stored_account {
  account is;
  std::string value; ///< its bytes, which tell one version from another
};

/// What came of writing one.
enum class account_write { done, not_as_expected };

/// A stretch of the list of accounts.
struct account_page {
  std::vector<account> accounts;
  std::size_t unopened = 0; ///< sealed under a key that is not held, or damaged
  std::string next;         ///< where to go on; empty: that was all
};

/// Staff accounts in Redis. Nothing is kept in memory, so what is changed is in force at once, everywhere.
/// One object a core, over that core's connection; both outlive it.
class accounts {
public:
  accounts(redis::connection& redis, sealer& seals) : redis_(redis), seals_(seals) {}

  /// What names an account in Redis: a keyed hash of its user name, in which case does not count.
  handle name_of(std::string_view username);

  /// `username` must live until the call is done, here and below.
  task<result<std::optional<stored_account>>> find(std::string_view username);

  /// Adds an account (`expected` is empty), or replaces the one whose bytes are `expected`; what is not as
  /// expected stays as it is.
  task<result<account_write>> write(const account& a, std::string_view expected);

  /// Changes an account, however many others do so at a time. Nothing: there is none. `act` may be called
  /// several times, each time with the account as it is by then.
  task<result<std::optional<account>>> change(std::string_view username, std::function<void(account&)> act);

  /// Keeps `renewed`, a hash of the same password by today's rules, in place of `outdated`; unless the
  /// account has another by now. Ends no sign-in.
  task<result<void>> renew_password(std::string_view username, const password_hash& outdated,
                                    const password_hash& renewed);

  /// Some of the accounts, in no order; goes on at `cursor` ("" is the start). Looks through the names of all
  /// keys that Redis has: for an operator at a terminal, not for a call.
  task<result<account_page>> list(std::string_view cursor);

  /// The account in what `usr:<hash>` holds.
  result<account> open(const handle& name, std::string_view value);

private:
  task<result<std::optional<stored_account>>> read(handle name);

  redis::connection& redis_;
  sealer& seals_;
};

/// Notes what an account did, or what was done to it, with each of its providers; an admin's under the empty
/// provider, which the audit file shows and no call does. As far as the store answers: what happened has
/// happened. `address` must live until it is done, as must the others.
task<result<void>> note_account(audit_log& audit, const account& who, audit_action what,
                                std::string_view address, std::string_view outcome);

} // namespace invited::store
