#include "handlers/tokens/staff_keys.hpp"

#include "tests/handlers/tokens/signing_key.hpp"

#include <openssl/err.h>

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

using namespace invited::handlers;
using invited::test::signing_key;

BOOST_AUTO_TEST_SUITE(staff_keys_suite)

BOOST_AUTO_TEST_CASE(algorithms_have_exact_names) {
  BOOST_TEST((jws_algorithm_named("HS256") == jws_algorithm::hs256));
  BOOST_TEST((jws_algorithm_named("RS256") == jws_algorithm::rs256));
  BOOST_TEST((jws_algorithm_named("ES256") == jws_algorithm::es256));
  BOOST_TEST((jws_algorithm_named("EdDSA") == jws_algorithm::eddsa));
  for (const std::string_view alg : {"", "none", "hs256", "HS384", "HS512", "RS512", "PS256", "ES384",
                                     "ES256K", "EDDSA", "Ed25519", "HS256 "})
    BOOST_TEST(!jws_algorithm_named(alg).has_value(), alg);
}

BOOST_AUTO_TEST_CASE(each_key_has_the_algorithm_of_its_kind) {
  staff_keys keys;
  BOOST_TEST(keys.add_secret(std::string(32, 's')).has_value());
  BOOST_TEST(keys.add_public_key("/etc/invited/keys/hospital.2026.pem", signing_key::rsa().public_pem())
                 .has_value());
  BOOST_TEST(keys.add_public_key("ec", signing_key::ec().public_pem()).has_value());
  BOOST_TEST(keys.add_public_key("./ed.pub", "Made by hand.\n" + signing_key::ed25519().public_pem() + "\n")
                 .has_value());
  BOOST_TEST(keys.add_public_key("dir.d/.hidden", signing_key::ed25519().public_pem()).has_value());
  struct {
    std::string_view id;
    jws_algorithm algorithm;
  } const expected[] = {{"", jws_algorithm::hs256},
                        {"hospital.2026", jws_algorithm::rs256},
                        {"ec", jws_algorithm::es256},
                        {"ed", jws_algorithm::eddsa},
                        {".hidden", jws_algorithm::eddsa}};
  BOOST_TEST_REQUIRE(keys.all().size() == 5u);
  for (std::size_t i = 0; i < 5; ++i) {
    BOOST_TEST(keys.all()[i].id == expected[i].id);
    BOOST_TEST((keys.all()[i].algorithm == expected[i].algorithm));
  }
}

BOOST_AUTO_TEST_CASE(secrets_that_are_refused) {
  staff_keys keys;
  BOOST_TEST(keys.add_secret("").error() == "is shorter than 32 bytes");
  BOOST_TEST(keys.add_secret(std::string(31, 's')).error() == "is shorter than 32 bytes");
  BOOST_TEST(keys.all().empty());
  BOOST_TEST(keys.add_secret(std::string(32, 's')).has_value());
  BOOST_TEST(keys.add_secret(std::string(32, 't')).error() == "is a second secret; only one is allowed");
  BOOST_TEST(keys.all().size() == 1u);
}

BOOST_AUTO_TEST_CASE(public_keys_that_are_refused) {
  const std::string rsa = signing_key::rsa().public_pem();
  const std::string ec = signing_key::ec().public_pem();
  std::string damaged = ec;
  damaged[40] = damaged[40] == 'A' ? 'B' : 'A'; // in the head of the DER
  struct {
    const char* what;
    std::string pem;
    std::string_view problem;
  } const cases[] = {
      {"empty", "", "does not hold a public key"},
      {"text", "ssh-ed25519 AAAA...", "does not hold a public key"},
      {"private RSA", signing_key::rsa().private_pem(), "holds a private key"},
      {"private EC", signing_key::ec().private_pem(), "holds a private key"},
      {"private beside public", ec + signing_key::ec().private_pem(), "holds a private key"},
      {"old private label", "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
       "holds a private key"},
      {"encrypted private",
       "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
       "holds a private key"},
      {"certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
       "holds a certificate"},
      {"PKCS#1", "-----BEGIN RSA PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----\n",
       "does not hold a public key"},
      {"two keys", rsa + ec, "holds more than one key"},
      {"cut", ec.substr(0, ec.size() / 2), "holds a PEM block that is not a valid public key"},
      {"no content", "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
       "holds a PEM block that is not a valid public key"},
      {"damaged", damaged, "holds a PEM block that is not a valid public key"},
      {"short RSA", signing_key::rsa(1024).public_pem(), "is an RSA key of fewer than 2048 bits"},
      {"P-384", signing_key::ec("P-384").public_pem(), "is on a curve other than P-256"},
      {"secp256k1", signing_key::ec("secp256k1").public_pem(), "is on a curve other than P-256"},
      {"X25519", signing_key::of_kind("X25519").public_pem(), "is of an unsupported kind"},
      {"Ed448", signing_key::of_kind("ED448").public_pem(), "is of an unsupported kind"},
  };
  staff_keys keys;
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.what) {
      const auto added = keys.add_public_key("key.pem", c.pem);
      BOOST_TEST_REQUIRE(!added.has_value());
      BOOST_TEST(added.error().starts_with(c.problem), added.error());
      BOOST_TEST(ERR_peek_error() == 0u); // nothing is left for TLS to find
    }
  BOOST_TEST(keys.all().empty());
}

BOOST_AUTO_TEST_CASE(a_name_is_given_once) {
  staff_keys keys;
  const std::string pem = signing_key::ed25519().public_pem();
  BOOST_TEST(keys.add_public_key("a/hospital.pem", pem).has_value());
  BOOST_TEST(keys.add_public_key("b/hospital.pub", pem).error().starts_with("has the same name"));
  BOOST_TEST(keys.add_public_key("dir/", pem).error().starts_with("has no file name"));
  BOOST_TEST(keys.all().size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
