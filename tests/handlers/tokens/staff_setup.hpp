#pragma once

#include "handlers/tokens/staff_token.hpp"
#include "tests/handlers/tokens/signing_key.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace invited::test {

using namespace handlers;

inline constexpr std::int64_t now = 1'800'000'000;
inline const std::string secret = "a secret of at least thirty-two bytes";

inline std::unique_ptr<staff_verifier> verifier_of(std::shared_ptr<const staff_keys> keys,
                                                   staff_token_rules rules = {}) {
  return std::make_unique<staff_verifier>(std::move(keys), std::move(rules), [] { return now; });
}

inline std::unique_ptr<staff_verifier> with_secret(staff_token_rules rules = {}) {
  auto keys = std::make_shared<staff_keys>();
  BOOST_TEST_REQUIRE(keys->add_secret(secret).has_value());
  return verifier_of(std::move(keys), std::move(rules));
}

inline staff_claims portal_claims() {
  return {.subject = "portal-7",
          .role = "portal",
          .providers = {"p1"},
          .issuer = {},
          .audience = {},
          .issued_at = now,
          .expires_at = now + 60};
}

inline const std::string hs256 = R"({"alg":"HS256"})";

/// Valid claims, with `more` after them.
inline std::string claims_with(const std::string& more) {
  return R"({"sub":"s","role":"portal","provider_id":"p1","exp":1800000060)" + more + '}';
}

} // namespace invited::test
