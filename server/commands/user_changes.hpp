#pragma once

#include "server/commands/store_access.hpp"
#include "store/staff/accounts.hpp"

#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace invited::server {

/// What operators do with staff accounts, over a connection of its own. What changes an account is noted in
/// the audit, under each of the account's providers, without an address: that it came from the command line.
/// Each returns what went wrong, or an empty text.
class user_changes {
public:
  /// Both outlive the object. `now` in ms since 1970.
  user_changes(store_access& store, store::entropy& random, std::int64_t now);

  std::string add(store::account who, std::string_view password);

  /// Ends everything that the account has open, too, as do disable() and sign_out(). What may not be a
  /// password of this account is refused.
  std::string set_password(std::string_view username, std::string_view password);
  std::string disable(std::string_view username);
  std::string enable(std::string_view username);
  std::string sign_out(std::string_view username);

  /// Seals every account anew, under the key that seals now: before an older one goes.
  std::string reseal();

  /// One line an account, by user name: user name, role, state, providers, name, with tabs between.
  std::string list(std::ostream& out);

private:
  std::string read_all(std::vector<store::account>& all);
  std::string change(std::string_view username, store::audit_action what,
                     std::function<void(store::account&)> act);
  std::string note(const store::account& who, store::audit_action what);

  store_access& store_;
  store::entropy& random_;
  std::int64_t now_;
  store::accounts accounts_;
  store::audit_log audit_;
};

} // namespace invited::server
