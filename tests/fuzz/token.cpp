#include "handlers/auth/bearer.hpp"
#include "handlers/tokens/jwt.hpp"
#include "handlers/tokens/session_token.hpp"
#include "handlers/tokens/staff_claims.hpp"
#include "handlers/tokens/staff_token.hpp"
#include "store/crypto/base64url.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/handlers/tokens/signing_key.hpp"
#include "tests/store/crypto/test_keys.hpp"

#include <memory>
#include <string>

using namespace invited;
using namespace invited::handlers;
using namespace invited::fuzz;

namespace {

constexpr std::int64_t now = 1'800'000'000;
const std::string secret = "a secret of at least thirty-two bytes";

/// What a core checks tokens with. No input changes it.
struct checkers {
  test::counting_entropy random;
  store::sealer seals{test::ring_of({1, 2}), random};
  session_tokens sessions{seals, "https://invite.example", [] { return now; }};
  std::unique_ptr<staff_verifier> staff;

  checkers() {
    auto keys = std::make_shared<staff_keys>();
    demand(keys->add_secret(secret).has_value(), "the secret is long enough");
    staff = std::make_unique<staff_verifier>(std::move(keys), staff_token_rules{}, [] { return now; });
  }
};

} // namespace

/// The text of a token; and its header and payload, whoever signed it, which is all that is read before a
/// signature is checked, and what is read after it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static checkers with;
  const std::string_view text = text_of(data, size);
  static_cast<void>(with.staff->verify(text));
  static_cast<void>(with.sessions.verify(text));
  if (const auto token = bearer_token(text)) demand(text.ends_with(*token), "a bearer token ends its field");

  static_cast<void>(parse_jws(store::base64url::encode({data, size}) + ".e30." + std::string(43, 'A')));
  if (const auto claims = parse_staff_claims(text)) {
    const auto who = with.staff->verify(test::hmac_token(secret, R"({"alg":"HS256"})", text));
    demand(!who || who->subject == claims->who.subject, "claims are read the same every time");
    demand(!who || who->expires_at > now, "a token that has expired opens nothing");
  }

  session_claims patient{.ref = std::string(text.substr(0, 40)), .issued_at = now, .expires_at = now + 1};
  if (patient.ref.find_first_not_of("abcdefinv_0123456789") == std::string::npos && !patient.ref.empty()) {
    const auto token = with.sessions.mint(with.seals.current(), patient);
    demand(with.sessions.verify(*token).value() == patient, "a session token says what was put in");
  }
  return 0;
}
