#pragma once

#include "server/commands/store_access.hpp"
#include "server/config/parsed.hpp"
#include "store/staff/accounts.hpp"

#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace invited::server {

/// What operators do with staff accounts, over a connection of its own. Each change of an account is noted in
/// the audit, under each of the account's providers. It has no address, which shows that it came from the
/// command line.
class user_changes {
public:
  /// `store` and `random` must outlive the object. `now` is in ms since 1970.
  user_changes(store_access& store, store::entropy& random, std::int64_t now);

  /// Refuses an account whose providers make its token too long for a request.
  parsed<void> add(store::account who, std::string_view password);

  /// What change() makes different; what is empty stays. An account that becomes an admin loses its
  /// providers.
  struct person_change {
    std::string role{};
    std::vector<std::string> providers{};
    std::string name{};
  };

  /// Also ends every sign-in and token of the account, because they carry its role and providers. It is noted
  /// under the providers that the account had and those that it has. Refuses what add() refuses, and a role
  /// that does not go with the providers.
  parsed<void> change_person(std::string_view username, const person_change& wanted);

  /// Deletes the account, and with it every sign-in and token.
  parsed<void> remove(std::string_view username);

  /// Also ends every sign-in and token of the account, as disable() and sign_out() do. Refuses a password
  /// that the rules forbid for this account.
  parsed<void> set_password(std::string_view username, std::string_view password);
  parsed<void> disable(std::string_view username);
  parsed<void> enable(std::string_view username);
  parsed<void> sign_out(std::string_view username);

  /// Seals every account again under the current sealing key, and notes each. Needed before an older key is
  /// removed.
  parsed<void> reseal();

  /// Prints one line for each account, sorted by user name: user name, role, state, providers, name,
  /// separated by tabs.
  parsed<void> list(std::ostream& out);

private:
  parsed<void> read_all(std::vector<store::account>& all);
  parsed<void> change(std::string_view username, store::audit_action what,
                      std::function<void(store::account&)> act);
  parsed<void> note(const store::account& who, store::audit_action what);
  parsed<store::account> find(std::string_view username);

  store_access& store_;
  store::entropy& random_;
  std::int64_t now_;
  store::accounts accounts_;
  store::audit_log audit_;
};

} // namespace invited::server
