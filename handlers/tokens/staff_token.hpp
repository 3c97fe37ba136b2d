#pragma once

#include "handlers/tokens/principal.hpp"
#include "handlers/tokens/signature.hpp"
#include "handlers/tokens/staff_keys.hpp"

#include <boost/system/result.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::handlers {

struct jws;

/// The content of a staff token that we make. It is not checked; verification refuses what is wrong in it.
struct staff_claims {
  std::string subject;
  std::string role;
  std::vector<std::string> providers; ///< empty: no such claim (admin)
  std::string issuer;                 ///< empty: no such claim
  std::string audience;               ///< empty: no such claim
  std::int64_t issued_at = 0;         ///< seconds since 1970, as expires_at
  std::int64_t expires_at = 0;
  std::string name{};                          ///< empty: no such claim
  std::optional<std::int64_t> account_epoch{}; ///< for accounts on this server
};

/// Signs by HS256. The strings must be UTF-8.
std::string mint_staff_token(std::string_view secret, const staff_claims& claims);

/// The issuer and audience that a token must name; empty: it may name any or none.
struct staff_token_rules {
  std::string issuer;
  std::string audience;
};

/// Seconds since 1970.
using system_seconds = std::function<std::int64_t()>;

/// Checks staff tokens. One object a core, not thread-safe. The constructor prepares everything slow.
class staff_verifier {
public:
  /// Copies what it needs of `keys`, except the ids; because of these it shares the ownership.
  staff_verifier(std::shared_ptr<const staff_keys> keys, staff_token_rules rules, system_seconds clock);

  /// Checks the signature first, then the claims: exp must be in the future, nbf and iat at most `leeway` in
  /// the future.
  boost::system::result<principal> verify(std::string_view token);

  /// How many seconds the clock of another machine may be ahead; not used for exp.
  static constexpr std::int64_t leeway = 60;

private:
  /// The index of the key that signed it.
  boost::system::result<std::uint32_t> check_signature(const jws& token);

  std::shared_ptr<const staff_keys> keys_;
  std::vector<std::unique_ptr<signature_checker>> checkers_; ///< in the order of keys_
  staff_token_rules rules_;
  system_seconds clock_;
};

} // namespace invited::handlers
