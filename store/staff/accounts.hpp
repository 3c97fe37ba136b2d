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

/// The outcome of write().
enum class account_write { done, not_as_expected };

/// A page of the list of accounts.
struct account_page {
  std::vector<account> accounts;
  std::size_t unopened = 0; ///< how many are sealed under a key that is not held, or are damaged
  std::string next;         ///< where to go on; empty: the list ends here
};

/// Staff accounts in Redis. Nothing is kept in memory, so a change is in force everywhere at once. One object
/// a core, over that core's connection. What the constructor takes must outlive it.
class accounts {
public:
  accounts(redis::connection& redis, sealer& seals) : redis_(redis), seals_(seals) {}

  /// The name of an account in Redis: a keyed hash of its user name, in which case does not matter.
  handle name_of(std::string_view username);

  /// Here and below, `username` must live until the call is done.
  task<result<std::optional<stored_account>>> find(std::string_view username);

  /// Adds an account (if `expected` is empty), or replaces the account whose bytes are `expected`. Otherwise
  /// nothing changes.
  task<result<account_write>> write(const account& a, std::string_view expected);

  /// Changes an account, even if others change it at the same time. Nothing: there is no such account. `act`
  /// may be called several times, each time with the current account.
  task<result<std::optional<account>>> change(std::string_view username, std::function<void(account&)> act);

  /// Deletes an account, and with it every sign-in and token. Returns what it was; nothing: there is no such
  /// account.
  task<result<std::optional<account>>> remove(std::string_view username);

  /// Replaces the hash `outdated` by `renewed`, a hash of the same password by today's rules, unless the
  /// account has another hash by now. Ends no sign-in.
  task<result<void>> renew_password(std::string_view username, const password_hash& outdated,
                                    const password_hash& renewed);

  /// Some of the accounts, in no order, from `cursor` on ("" is the start). It looks through the names of all
  /// keys in Redis, so it is for an operator at a terminal, not for a call of the API.
  task<result<account_page>> list(std::string_view cursor);

  /// The account in what `usr:<hash>` holds.
  result<account> open(const handle& name, std::string_view value);

private:
  task<result<std::optional<stored_account>>> read(handle name);
  task<result<account_write>> replace(handle name, std::string value, std::string expected);

  redis::connection& redis_;
  sealer& seals_;
};

/// Notes what an account did, or what was done to it, for each of its providers. An admin's event is noted
/// under the empty provider, which the audit file shows and no call does. An error is ignored, because the
/// act itself has happened. All arguments must live until the call is done.
task<result<void>> note_account(audit_log& audit, const account& who, audit_action what,
                                std::string_view address, std::string_view outcome);

} // namespace invited::store
