#include "handlers/tokens/signature.hpp"

#include "store/crypto/hex.hpp"
#include "tests/handlers/tokens/signing_key.hpp"

#include <openssl/err.h>

#include <boost/test/unit_test.hpp>

#include <array>
#include <memory>
#include <string>
#include <string_view>

using namespace invited::handlers;
using namespace invited::store;
using invited::test::signing_key;

namespace {

std::unique_ptr<signature_checker> checker_of(std::string_view pem) {
  staff_keys keys;
  BOOST_TEST_REQUIRE(keys.add_public_key("key.pem", pem).has_value());
  return make_signature_checker(keys.all().front()); // it outlives the keys
}

std::string decoded(std::string_view b64) {
  std::string out;
  BOOST_TEST_REQUIRE(base64url::decode(b64, out));
  return out;
}

/// Wraps the DER of a SubjectPublicKeyInfo, given in hex, as PEM.
std::string pem_of(std::string_view hex) {
  std::string der(hex.size() / 2, '\0');
  BOOST_TEST_REQUIRE(from_hex(hex, {reinterpret_cast<std::uint8_t*>(der.data()), der.size()}));
  std::string b64(der.size() * 2, '\0');
  b64.resize(static_cast<std::size_t>(EVP_EncodeBlock(reinterpret_cast<unsigned char*>(b64.data()),
                                                      as_bytes(der).data(), static_cast<int>(der.size()))));
  std::string pem = "-----BEGIN PUBLIC KEY-----\n";
  for (std::size_t at = 0; at < b64.size(); at += 64) pem += b64.substr(at, 64) + "\n";
  return pem + "-----END PUBLIC KEY-----\n";
}

} // namespace

BOOST_AUTO_TEST_SUITE(signature_suite)

// RFC 7515 appendix A.1
BOOST_AUTO_TEST_CASE(hs256_example) {
  staff_keys keys;
  BOOST_TEST_REQUIRE(
      keys
          .add_secret(decoded(
              "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"))
          .has_value());
  const auto checker = make_signature_checker(keys.all().front());
  BOOST_TEST(checker->check(
      "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
      ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ",
      decoded("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")));
}

// RFC 7515 appendix A.3
BOOST_AUTO_TEST_CASE(es256_example) {
  const std::string point = to_hex(as_bytes(decoded("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU") +
                                            decoded("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")));
  const auto checker = checker_of(pem_of("3059301306072a8648ce3d020106082a8648ce3d03010703420004" + point));
  BOOST_TEST(checker->check(
      "eyJhbGciOiJFUzI1NiJ9"
      ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ",
      decoded("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q")));
}

// RFC 8037 appendix A.4
BOOST_AUTO_TEST_CASE(eddsa_example) {
  const std::string point = to_hex(as_bytes(decoded("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")));
  const auto checker = checker_of(pem_of("302a300506032b6570032100" + point));
  const std::string signature =
      decoded("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");
  for (int use = 0; use < 3; ++use)
    BOOST_TEST(checker->check("eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc", signature));
}

BOOST_AUTO_TEST_CASE(good_and_bad_in_any_order) {
  const signing_key pairs[] = {signing_key::rsa(), signing_key::ec(), signing_key::ed25519()};
  for (const signing_key& key : pairs) {
    const auto checker = checker_of(key.public_pem());
    for (int i = 0; i < 20; ++i) { // r and s of ECDSA vary in length, so there are several signatures
      const std::string input = "header.payload" + std::to_string(i);
      const std::string good = key.sign(input);
      BOOST_TEST(checker->check(input, good));
      BOOST_TEST(!checker->check(input + "x", good));
      std::string bad = good;
      bad[static_cast<std::size_t>(i) % bad.size()] =
          static_cast<char>(bad[static_cast<std::size_t>(i) % bad.size()] ^ 0x10);
      BOOST_TEST(!checker->check(input, bad));
      BOOST_TEST(checker->check(input, good));
    }
    BOOST_TEST(ERR_peek_error() == 0u);
  }
}

BOOST_AUTO_TEST_CASE(another_key_did_not_sign) {
  const signing_key pairs[][2] = {{signing_key::rsa(), signing_key::rsa()},
                                  {signing_key::ec(), signing_key::ec()},
                                  {signing_key::ed25519(), signing_key::ed25519()}};
  for (const auto& [ours, other] : pairs)
    BOOST_TEST(!checker_of(ours.public_pem())->check("input", other.sign("input")));
}

BOOST_AUTO_TEST_CASE(signatures_of_a_wrong_length) {
  const signing_key pairs[] = {signing_key::rsa(), signing_key::ec(), signing_key::ed25519()};
  for (const signing_key& key : pairs) {
    const auto checker = checker_of(key.public_pem());
    const std::string good = key.sign("input");
    for (std::size_t n = 0; n < good.size(); ++n) BOOST_TEST(!checker->check("input", good.substr(0, n)));
    BOOST_TEST(!checker->check("input", good + '\0'));
    BOOST_TEST(!checker->check("input", '\0' + good));
    BOOST_TEST(!checker->check("input", std::string(good.size(), '\0')));
    BOOST_TEST(!checker->check("input", std::string(good.size(), '\xff')));
    BOOST_TEST(ERR_peek_error() == 0u);
  }
}

// The DER form of ECDSA, and zeros for r and s (a forgery that a careless verifier accepts).
BOOST_AUTO_TEST_CASE(es256_takes_the_raw_form_only) {
  const signing_key key = signing_key::ec();
  const auto checker = checker_of(key.public_pem());
  const std::string raw = key.sign("input");
  BOOST_TEST(checker->check("input", raw));
  BOOST_TEST(!checker->check("input", "\x30\x44\x02\x20" + raw.substr(0, 32) + "\x02\x20" + raw.substr(32)));
  BOOST_TEST(!checker->check("input", raw.substr(0, 32) + std::string(32, '\0')));
  BOOST_TEST(!checker->check("input", std::string(32, '\0') + raw.substr(32)));
  BOOST_TEST(!checker->check("input", raw.substr(32) + raw.substr(0, 32)));
}

// About one signature in 128 has a leading zero byte in r or s, which DER must drop.
BOOST_AUTO_TEST_CASE(es256_with_short_numbers) {
  const signing_key key = signing_key::ec();
  const auto checker = checker_of(key.public_pem());
  int seen = 0;
  for (int i = 0; i < 20000 && seen < 2; ++i) {
    const std::string input = std::to_string(i);
    const std::string raw = key.sign(input);
    if (raw[0] != '\0' && raw[32] != '\0') continue;
    ++seen;
    BOOST_TEST(checker->check(input, raw));
  }
  BOOST_TEST(seen == 2);
}

BOOST_AUTO_TEST_CASE(hs256_any_change_is_seen) {
  staff_keys keys;
  const std::string secret(32, 's');
  BOOST_TEST_REQUIRE(keys.add_secret(secret).has_value());
  const auto checker = make_signature_checker(keys.all().front());
  const std::string good(as_text(hmac_sha256(as_bytes(secret))({as_bytes("input")})));
  BOOST_TEST(checker->check("input", good));
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 1);
    BOOST_TEST(!checker->check("input", bad));
    BOOST_TEST(!checker->check("input", good.substr(0, i)));
  }
  BOOST_TEST(!checker->check("input", good + "x"));
  BOOST_TEST(!checker->check("", good));
}

BOOST_AUTO_TEST_SUITE_END()
