#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/values/values.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace invited::handlers {

inline constexpr std::size_t longest_password = 1024; // bytes: more is no password but work for scrypt

/// What somebody signs in with. Wiped at its end.
struct credentials {
  std::string username;
  std::string password;

  credentials() = default;
  credentials(credentials&&) = default;
  credentials& operator=(credentials&&) = default;
  ~credentials();
};

// Both judge lengths only: what no account can have is a wrong user name or password like any other. They
// wipe the body, which holds the password.

/// `{"username", "password"}`. 400 `malformed_json`, 422.
result<credentials> read_credentials(std::span<char> body);

/// The form of OAuth 2.0's password grant (RFC 6749 §4.3.2), as FastAPI's OAuth2PasswordRequestForm takes it:
/// grant_type may be missing; scope, client_id and client_secret mean nothing. 400 `malformed_form`, 422.
result<credentials> read_password_grant(std::span<char> body);

/// What changes a password. Wiped at its end.
struct password_change {
  std::string old_password;
  std::string new_password;

  password_change() = default;
  password_change(password_change&&) = default;
  password_change& operator=(password_change&&) = default;
  ~password_change();
};

/// `{"old_password", "new_password"}`. 400 `malformed_json`, 422. Judges lengths only, and wipes the body.
result<password_change> read_password_change(std::span<char> body);

/// `{"everywhere"?}`, or no body: whether it says everywhere. 400 `malformed_json`, 422.
result<bool> read_sign_out(std::span<char> body);

/// What a new account's user name is: 1-254 visible ASCII characters.
checked<> check_username(std::string_view text);

} // namespace invited::handlers
