#include "handlers/tokens/staff_token.hpp"

#include "handlers/tokens/errc.hpp"
#include "tests/handlers/tokens/staff_setup.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <string_view>

using namespace invited::test;

namespace {

/// A key of each kind, the same token under each of them, and all of them in one verifier.
struct many_keys {
  signing_key rsa = signing_key::rsa();
  signing_key ec = signing_key::ec();
  signing_key ed = signing_key::ed25519();
  signing_key ed2 = signing_key::ed25519();
  std::unique_ptr<staff_verifier> verifier;

  many_keys() {
    auto keys = std::make_shared<staff_keys>();
    BOOST_TEST_REQUIRE(keys->add_secret(secret).has_value());
    BOOST_TEST_REQUIRE(keys->add_public_key("rsa.pem", rsa.public_pem()).has_value());
    BOOST_TEST_REQUIRE(keys->add_public_key("ec.pem", ec.public_pem()).has_value());
    BOOST_TEST_REQUIRE(keys->add_public_key("ed.pem", ed.public_pem()).has_value());
    BOOST_TEST_REQUIRE(keys->add_public_key("ed2.pem", ed2.public_pem()).has_value());
    verifier = verifier_of(keys);
  }

  boost::system::error_code verdict(const std::string& token) const {
    const auto who = verifier->verify(token);
    return who ? boost::system::error_code{} : who.error();
  }
};

} // namespace

BOOST_AUTO_TEST_SUITE(staff_token_suite)

BOOST_AUTO_TEST_CASE(a_minted_token_verifies) {
  const auto verifier = with_secret({.issuer = "https://id.example.org", .audience = "invited"});
  staff_claims claims = portal_claims();
  claims.subject = "Dr. \"Ada\" \\ Lov\xc3\xa9lace";
  claims.providers = {"p1", "st-marys:derm.1"};
  claims.issuer = "https://id.example.org";
  claims.audience = "invited";
  const auto who = verifier->verify(mint_staff_token(secret, claims));
  BOOST_TEST_REQUIRE(who.has_value());
  BOOST_TEST(who->subject == claims.subject);
  BOOST_TEST(who->issuer == claims.issuer);
  BOOST_TEST((who->role == role::portal));
  BOOST_TEST(who->providers == claims.providers, boost::test_tools::per_element());
  BOOST_TEST(who->expires_at == claims.expires_at);
  BOOST_TEST(who->may_use("p1"));
  BOOST_TEST(who->may_use("st-marys:derm.1"));
  for (const std::string_view other : {"", "p", "p11", "P1", "st-marys:derm.2"})
    BOOST_TEST(!who->may_use(other), other);
}

BOOST_AUTO_TEST_CASE(what_mint_writes) {
  BOOST_TEST(
      mint_staff_token(secret, portal_claims()) ==
      hmac_token(
          secret, R"({"alg":"HS256","typ":"JWT"})",
          R"({"sub":"portal-7","role":"portal","provider_id":"p1","iat":1800000000,"exp":1800000060})"));
  staff_claims admin{.subject = "root",
                     .role = "admin",
                     .providers = {},
                     .issuer = "i",
                     .audience = "a",
                     .issued_at = 1,
                     .expires_at = 2};
  BOOST_TEST(mint_staff_token(secret, admin) ==
             hmac_token(secret, R"({"alg":"HS256","typ":"JWT"})",
                        R"({"sub":"root","role":"admin","iss":"i","aud":"a","iat":1,"exp":2})"));
  const staff_claims account{.subject = "\"grey\"",
                             .role = "",
                             .providers = {"p1", "p2"},
                             .issuer = {},
                             .audience = {},
                             .issued_at = 1,
                             .expires_at = 2,
                             .name = "Dr. Grey",
                             .account_epoch = 7};
  BOOST_TEST(mint_staff_token(secret, account) ==
             hmac_token(secret, R"({"alg":"HS256","typ":"JWT"})",
                        R"({"sub":"\"grey\"","role":"","provider_id":["p1","p2"],"name":"Dr. Grey",)"
                        R"("invited_epoch":7,"iat":1,"exp":2})"));
}

BOOST_AUTO_TEST_CASE(roles) {
  struct {
    const char* name;
    invited::handlers::role role;
  } const cases[] = {{"clinician", role::clinician},
                     {"physician", role::physician},
                     {"portal", role::portal},
                     {"admin", role::admin}};
  for (const auto& c : cases) {
    BOOST_TEST(name_of(c.role) == c.name);
    staff_claims claims = portal_claims();
    claims.role = c.name;
    if (c.role == role::admin) claims.providers.clear();
    const auto who = with_secret()->verify(mint_staff_token(secret, claims));
    BOOST_TEST_REQUIRE(who.has_value());
    BOOST_TEST((who->role == c.role));
    BOOST_TEST(who->may_use("any") == (c.role == role::admin));
  }
}

BOOST_AUTO_TEST_CASE(session_tokens_are_never_staff_tokens) {
  for (const std::string typ :
       {"invited-session+jwt", "INVITED-SESSION+JWT", "application/invited-session+jwt"}) {
    const std::string token =
        hmac_token(secret, R"({"alg":"HS256","typ":")" + typ + R"("})", claims_with(""));
    BOOST_TEST((with_secret()->verify(token).error() == token_errc::wrong_kind), typ);
  }
}

BOOST_AUTO_TEST_CASE(every_kind_of_key) {
  const many_keys k;
  const std::string payload = claims_with("");
  BOOST_TEST(!k.verdict(hmac_token(secret, hs256, payload)).failed());
  BOOST_TEST(!k.verdict(signed_token(k.rsa, R"({"alg":"RS256"})", payload)).failed());
  BOOST_TEST(!k.verdict(signed_token(k.ec, R"({"alg":"ES256"})", payload)).failed());
  BOOST_TEST(!k.verdict(signed_token(k.ed, R"({"alg":"EdDSA"})", payload)).failed());
  BOOST_TEST(
      !k.verdict(signed_token(k.ed2, R"({"alg":"EdDSA"})", payload)).failed()); // the second of its kind
}

BOOST_AUTO_TEST_CASE(kid_only_chooses) {
  const many_keys k;
  const std::string payload = claims_with("");
  const auto ed = [&](const std::string& kid) {
    return k.verdict(signed_token(k.ed, R"({"alg":"EdDSA","kid":")" + kid + R"("})", payload));
  };
  BOOST_TEST(!ed("ed").failed());
  BOOST_TEST(!ed("").failed());
  BOOST_TEST(!ed("a name of theirs").failed());                // names none of ours: each is tried
  BOOST_TEST((ed("ed2") == token_errc::bad_signature));        // names one of ours: only that one is tried
  BOOST_TEST((ed("ec") == token_errc::unsupported_algorithm)); // that key has another algorithm
  BOOST_TEST((ed("rsa") == token_errc::unsupported_algorithm));
  BOOST_TEST(!k.verdict(hmac_token(secret, R"({"alg":"HS256","kid":"old"})", payload)).failed());
}

BOOST_AUTO_TEST_CASE(kid_and_typ_may_be_null) {
  const many_keys k;
  const std::string payload = claims_with("");
  BOOST_TEST(!k.verdict(hmac_token(secret, R"({"alg":"HS256","kid":null,"typ":null})", payload)).failed());
  BOOST_TEST(!k.verdict(signed_token(k.rsa, R"({"alg":"RS256","kid":null,"typ":"JWT"})", payload)).failed());
  // Without a kid each key of this kind is tried, and ed2 is the second.
  BOOST_TEST(!k.verdict(signed_token(k.ed2, R"({"alg":"EdDSA","kid":null,"typ":null})", payload)).failed());
}

BOOST_AUTO_TEST_CASE(algorithms_cannot_be_confused) {
  const many_keys k;
  const std::string payload = claims_with("");
  // The classic: a public key, which everybody has, as HMAC secret, in every form that an attacker would try.
  for (const signing_key* key : {&k.rsa, &k.ec, &k.ed}) {
    const std::string pem = key->public_pem();
    for (const std::string& s : {pem, pem.substr(0, pem.size() - 1), "\n" + pem})
      for (const std::string_view kid : {"", "rsa", "ec", "ed"}) {
        const std::string header = R"({"alg":"HS256","kid":")" + std::string(kid) + R"("})";
        BOOST_TEST(k.verdict(hmac_token(s, header, payload)).failed());
      }
  }
  // A good signature under the name of another algorithm.
  BOOST_TEST((k.verdict(signed_token(k.rsa, R"({"alg":"ES256"})", payload)) == token_errc::bad_signature));
  BOOST_TEST((k.verdict(signed_token(k.ec, R"({"alg":"RS256"})", payload)) == token_errc::bad_signature));
  BOOST_TEST((k.verdict(signed_token(k.ed, R"({"alg":"HS256"})", payload)) == token_errc::bad_signature));
  for (const std::string alg : {"PS256", "RS512", "HS512", "ES256K", "eddsa", "hs256"})
    BOOST_TEST((k.verdict(hmac_token(secret, R"({"alg":")" + alg + R"("})", payload)) ==
                token_errc::unsupported_algorithm),
               alg);

  // With public keys alone, HS256 is not accepted.
  auto keys = std::make_shared<staff_keys>();
  BOOST_TEST_REQUIRE(keys->add_public_key("rsa.pem", k.rsa.public_pem()).has_value());
  const auto verifier = verifier_of(keys);
  BOOST_TEST((verifier->verify(hmac_token(k.rsa.public_pem(), hs256, payload)).error() ==
              token_errc::unsupported_algorithm));
  BOOST_TEST((verifier->verify(mint_staff_token(secret, portal_claims())).error() ==
              token_errc::unsupported_algorithm));
}

BOOST_AUTO_TEST_CASE(unsigned_tokens) {
  const std::string payload = claims_with("");
  for (const std::string alg : {"none", "None", "NONE"}) {
    const std::string input = signing_input(R"({"alg":")" + alg + R"("})", payload);
    BOOST_TEST((with_secret()->verify(input + ".").error() == token_errc::unsupported_algorithm), alg);
    BOOST_TEST((with_secret()->verify(hmac_token(secret, R"({"alg":")" + alg + R"("})", payload)).error() ==
                token_errc::unsupported_algorithm),
               alg);
  }
  BOOST_TEST(
      (with_secret()->verify(signing_input(hs256, payload) + ".").error() == token_errc::bad_signature));
}

BOOST_AUTO_TEST_CASE(no_keys_let_nobody_in) {
  const auto verifier = verifier_of(std::make_shared<staff_keys>());
  BOOST_TEST((verifier->verify(mint_staff_token(secret, portal_claims())).error() ==
              token_errc::unsupported_algorithm));
}

BOOST_AUTO_TEST_CASE(another_secret_did_not_sign) {
  const std::string other = "another secret of thirty-two bytes!!";
  BOOST_TEST(
      (with_secret()->verify(mint_staff_token(other, portal_claims())).error() == token_errc::bad_signature));
}

BOOST_AUTO_TEST_CASE(a_changed_or_cut_token_is_refused) {
  const auto verifier = with_secret();
  const std::string token = mint_staff_token(secret, portal_claims());
  BOOST_TEST(verifier->verify(token).has_value());
  for (std::size_t i = 0; i < token.size(); ++i) {
    BOOST_TEST(!verifier->verify(token.substr(0, i)).has_value());
    for (const char c : {'A', 'B', 'z', '_', '.', '=', '\0', '\xff'}) {
      std::string changed = token;
      if (changed[i] == c) continue;
      changed[i] = c;
      BOOST_TEST(!verifier->verify(changed).has_value());
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
