#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/values/values.hpp"

#include <cstdint>
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
result<credentials> read_credentials(std::span<char> body);

/// The form of OAuth 2.0's password grant (RFC 6749 §4.3.2), as FastAPI's OAuth2PasswordRequestForm takes it:
/// grant_type may be missing; scope, client_id and client_secret mean nothing. 400 `malformed_form`, 422.
result<credentials> read_password_grant(std::span<char> body);

/// The input of a change of password. The destructor wipes it.
struct password_change {
  std::string old_password;
  std::string new_password;

  password_change() = default;
  password_change(password_change&&) = default;
  password_change& operator=(password_change&&) = default;
  ~password_change();
};

/// `{"old_password", "new_password"}`. 400 `malformed_json`, 422. Checks only lengths, and wipes the body.
result<password_change> read_password_change(std::span<char> body);

/// No bool, because a result of one would be true also where the answer is no.
enum class signed_out : std::uint8_t { this_one, everywhere };

/// `{"everywhere"?}`, or no body: which sign-ins end. 400 `malformed_json`, 422.
result<signed_out> read_sign_out(std::span<char> body);

/// Checks the user name of a new account: 1-254 visible ASCII characters.
checked<> check_username(std::string_view text);

} // namespace invited::handlers
