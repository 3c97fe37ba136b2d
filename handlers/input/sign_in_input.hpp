#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/input/values.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace invited::handlers {

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
std::optional<problem> read_credentials(std::span<char> body, credentials& out);

/// The form of OAuth 2.0's password grant (RFC 6749 §4.3.2), as FastAPI's OAuth2PasswordRequestForm takes it:
/// grant_type may be missing; scope, client_id and client_secret mean nothing. 400 `malformed_form`, 422.
std::optional<problem> read_password_grant(std::span<char> body, credentials& out);

/// `{"everywhere"?}`, or no body. 400 `malformed_json`, 422.
std::optional<problem> read_sign_out(std::span<char> body, bool& everywhere);

// What a new account may have.

/// 1-254 visible ASCII characters.
std::optional<flaw> check_username(std::string_view text);

/// UTF-8 of at least 12 code points, at most 1,024 bytes; which ones is nobody's business (NIST SP 800-63B
/// §5.1.1.2).
std::optional<flaw> check_new_password(std::string_view text);

} // namespace invited::handlers
