#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/values/values.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace invited::handlers {

inline constexpr std::size_t longest_password = 1024; // bytes; a longer text would only make work for scrypt

/// User name and password of a sign-in. The destructor wipes them.
struct credentials {
  std::string username;
  std::string password;

  credentials() = default;
  credentials(credentials&&) = default;
  credentials& operator=(credentials&&) = default;
  ~credentials();
};

// Both check only lengths: a user name or password that no account can have is simply a wrong one. They wipe
// the body, because it holds the password.

/// `{"username", "password"}`. 400 `malformed_json`, 422.
std::optional<problem> read_credentials(std::span<char> body, credentials& out);

/// The form of OAuth 2.0's password grant (RFC 6749 §4.3.2), as FastAPI's OAuth2PasswordRequestForm takes it:
/// grant_type may be missing; scope, client_id and client_secret mean nothing. 400 `malformed_form`, 422.
std::optional<problem> read_password_grant(std::span<char> body, credentials& out);

/// The input of a change of password. The destructor wipes it.
struct password_change {
  std::string old_password;
  std::string new_password;

  password_change() = default;
  password_change(const password_change&) = delete;
  password_change& operator=(const password_change&) = delete;
  ~password_change();
};

/// `{"old_password", "new_password"}`. 400 `malformed_json`, 422. Checks only lengths, and wipes the body.
std::optional<problem> read_password_change(std::span<char> body, password_change& out);

/// `{"everywhere"?}`, or no body. 400 `malformed_json`, 422.
std::optional<problem> read_sign_out(std::span<char> body, bool& everywhere);

/// Checks the user name of a new account: 1-254 visible ASCII characters.
std::optional<flaw> check_username(std::string_view text);

} // namespace invited::handlers
