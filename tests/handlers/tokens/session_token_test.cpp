#include "handlers/tokens/session_token.hpp"

#include "handlers/tokens/errc.hpp"
#include "handlers/tokens/staff_token.hpp"
#include "store/crypto/hex.hpp"
#include "tests/handlers/tokens/signing_key.hpp"
#include "tests/store/crypto/test_keys.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <string_view>

using namespace invited::handlers;
using namespace invited::store;
using invited::test::counting_entropy;
using invited::test::hmac_token;
using invited::test::key_of;
using invited::test::ring_of;

namespace {

constexpr std::int64_t start = 1'800'000'000;
const std::string base_url = "https://invite.example.org";
const session_claims claims{.ref = "inv_0102030405060708090a0b0c0d0e0f1011",
                            .issued_at = start,
                            .expires_at = start + 100,
                            .jti = {0xa0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0xff}};

session_tokens tokens_of(std::initializer_list<std::uint8_t> keys, const std::int64_t& clock,
                         std::string issuer = base_url) {
  counting_entropy random;
  sealer seals(ring_of(keys), random);
  return session_tokens(seals, std::move(issuer), [&clock] { return clock; });
}

/// The key by which a token under sealing key 1 is signed, as text.
std::string signing_secret() {
  counting_entropy random;
  sealer seals(ring_of({1}), random);
  return std::string(as_text(seals.derived_key(seals.current(), "session").value()));
}

std::string header_with(std::string_view alg, std::string_view typ, std::string_view kid) {
  return R"({"alg":")" + std::string(alg) + R"(","typ":")" + std::string(typ) + R"(","kid":")" +
         std::string(kid) + R"("})";
}

const key_id id1 = id_of(key_of(1));
const std::string payload =
    R"({"iss":"https://invite.example.org","aud":"invited:session","sub":"inv_0102030405060708090a0b0c0d0e0f1011",)"
    R"("iat":1800000000,"exp":1800000100,"jti":"a00102030405060708090a0b0c0d0eff"})";

struct fixture {
  std::int64_t clock = start;
  session_tokens tokens = tokens_of({1}, clock);

  boost::system::error_code verdict(const std::string& header, const std::string& body) {
    return tokens.verify(hmac_token(signing_secret(), header, body)).error();
  }
  boost::system::error_code verdict(const std::string& body) {
    return verdict(header_with("HS256", "invited-session+jwt", to_hex(id1)), body);
  }
};

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const std::size_t at = text.find(what);
  BOOST_TEST_REQUIRE(at != std::string::npos);
  return text.replace(at, what.size(), with);
}

} // namespace

BOOST_AUTO_TEST_SUITE(session_token_suite)

BOOST_FIXTURE_TEST_CASE(a_minted_token_verifies, fixture) {
  const auto token = tokens.mint(id1, claims);
  BOOST_TEST_REQUIRE(token.has_value());
  const auto read = tokens.verify(*token);
  BOOST_TEST_REQUIRE(read.has_value());
  BOOST_TEST((*read == claims));
}

// A repeated redeem must answer with the same bytes, even after a restart and with another key in front.
BOOST_FIXTURE_TEST_CASE(the_same_claims_give_the_same_bytes, fixture) {
  const std::string token = tokens.mint(id1, claims).value();
  clock += 50;
  session_tokens after_rotation = tokens_of({2, 1}, clock);
  BOOST_TEST(tokens.mint(id1, claims).value() == token);
  BOOST_TEST(after_rotation.mint(id1, claims).value() == token);
  BOOST_TEST(token ==
             hmac_token(signing_secret(), header_with("HS256", "invited-session+jwt", to_hex(id1)), payload));
}

BOOST_AUTO_TEST_CASE(issuers_of_any_length) {
  const std::int64_t clock = start;
  for (std::string issuer = "\"<"; issuer.size() < 40; issuer += 'x') {
    session_tokens tokens = tokens_of({1}, clock, issuer);
    std::string json = "\\\"\\u003c" + issuer.substr(2);
    BOOST_TEST(tokens.mint(id1, claims).value() ==
               hmac_token(signing_secret(), header_with("HS256", "invited-session+jwt", to_hex(id1)),
                          R"({"iss":")" + json + payload.substr(payload.find(R"(","aud")"))));
  }
}

BOOST_FIXTURE_TEST_CASE(every_claim_is_in_it, fixture) {
  const std::string token = tokens.mint(id1, claims).value();
  session_claims other = claims;
  other.ref.back() = '2';
  BOOST_TEST(tokens.mint(id1, other).value() != token);
  other = claims;
  ++other.issued_at;
  BOOST_TEST(tokens.mint(id1, other).value() != token);
  other = claims;
  ++other.expires_at;
  BOOST_TEST(tokens.mint(id1, other).value() != token);
  other = claims;
  ++other.jti[15];
  BOOST_TEST(tokens.mint(id1, other).value() != token);
}

BOOST_FIXTURE_TEST_CASE(keys_turn, fixture) {
  const std::string old_token = tokens.mint(id1, claims).value();
  session_tokens both = tokens_of({2, 1}, clock);
  session_tokens after = tokens_of({2}, clock);
  BOOST_TEST(both.verify(old_token).has_value());
  BOOST_TEST((after.verify(old_token).error() == token_errc::bad_signature));
  BOOST_TEST((after.mint(id1, claims).error() == errc::key_unavailable));
  const std::string new_token = both.mint(id_of(key_of(2)), claims).value();
  BOOST_TEST(after.verify(new_token).has_value());
  BOOST_TEST((tokens.verify(new_token).error() == token_errc::bad_signature));
}

BOOST_FIXTURE_TEST_CASE(it_ends_when_it_says, fixture) {
  const std::string token = tokens.mint(id1, claims).value();
  clock = claims.expires_at - 1;
  BOOST_TEST(tokens.verify(token).has_value());
  clock = claims.expires_at;
  BOOST_TEST((tokens.verify(token).error() == token_errc::expired));
}

BOOST_FIXTURE_TEST_CASE(nothing_but_session_tokens, fixture) {
  const std::string hex = to_hex(id1);
  BOOST_TEST(!verdict(payload).failed());
  BOOST_TEST((verdict(header_with("HS256", "JWT", hex), payload) == token_errc::wrong_kind));
  BOOST_TEST((verdict(R"({"alg":"HS256","kid":")" + hex + R"("})", payload) == token_errc::wrong_kind));
  BOOST_TEST((verdict(header_with("none", "invited-session+jwt", hex), payload) ==
              token_errc::unsupported_algorithm));
  BOOST_TEST((verdict(header_with("RS256", "invited-session+jwt", hex), payload) ==
              token_errc::unsupported_algorithm));
  for (const std::string_view kid : {"", "0", "00000000", "zzzzzzzz", "session"})
    BOOST_TEST(
        (verdict(header_with("HS256", "invited-session+jwt", kid), payload) == token_errc::bad_signature),
        kid);
  BOOST_TEST(
      (verdict(R"({"alg":"HS256","typ":"invited-session+jwt"})", payload) == token_errc::bad_signature));
  BOOST_TEST((verdict(R"({"alg":"HS256","typ":"invited-session+jwt","kid":null})", payload) ==
              token_errc::bad_signature));
  BOOST_TEST(
      (verdict(R"({"alg":"HS256","typ":null,"kid":")" + hex + R"("})", payload) == token_errc::wrong_kind));
}

// Staff tokens are refused whoever signed them, and session tokens are refused on staff routes, even if one
// secret signed both.
BOOST_FIXTURE_TEST_CASE(staff_and_patients_are_kept_apart, fixture) {
  const std::string secret = signing_secret();
  const std::string staff = mint_staff_token(secret, {.subject = "s",
                                                      .role = "portal",
                                                      .providers = {"p"},
                                                      .issuer = base_url,
                                                      .audience = "invited:session",
                                                      .issued_at = start,
                                                      .expires_at = start + 100});
  BOOST_TEST((tokens.verify(staff).error() == token_errc::wrong_kind));
  auto keys = std::make_shared<staff_keys>();
  BOOST_TEST_REQUIRE(keys->add_secret(secret).has_value());
  staff_verifier verifier(keys, {}, [] { return start; });
  BOOST_TEST(verifier.verify(staff).has_value());
  BOOST_TEST((verifier.verify(tokens.mint(id1, claims).value()).error() == token_errc::wrong_kind));
}

BOOST_FIXTURE_TEST_CASE(claims_that_are_not_ours, fixture) {
  struct {
    std::string body;
    token_errc expected;
  } const cases[] = {
      {"{}", token_errc::bad_claims},
      {"[]", token_errc::malformed},
      {replaced(payload, "https://invite.example.org", "https://evil.example.org"), token_errc::wrong_issuer},
      {replaced(payload, R"("iss":"https://invite.example.org",)", ""), token_errc::bad_claims},
      {replaced(payload, "invited:session", "invited"), token_errc::wrong_audience},
      {replaced(payload, R"("invited:session")", R"(["invited:session"])"), token_errc::bad_claims},
      {replaced(payload, R"("aud":"invited:session",)", ""), token_errc::bad_claims},
      {replaced(payload, "inv_0102030405060708090a0b0c0d0e0f1011", ""), token_errc::bad_claims},
      {replaced(payload, R"("exp":1800000100,)", ""), token_errc::bad_claims},
      {replaced(payload, R"("exp":1800000100)", R"("exp":"1800000100")"), token_errc::bad_claims},
      {replaced(payload, R"("exp":1800000100)", R"("exp":1800000100.5)"), token_errc::bad_claims},
      {replaced(payload, R"("iat":1800000000,)", ""), token_errc::bad_claims},
      {replaced(payload, "1800000100", "0.000000000001e-2147483639"),
       token_errc::bad_claims}, // CVE-2024-38517
      {replaced(payload, "0eff\"", "0ef\""), token_errc::bad_claims},
      {replaced(payload, "0eff\"", "0efg\""), token_errc::bad_claims},
      {replaced(payload, "{", R"({"exp":9999999999,)"), token_errc::malformed}, // twice
  };
  for (const auto& c : cases) BOOST_TEST((verdict(c.body) == c.expected), c.body);
}

BOOST_FIXTURE_TEST_CASE(another_server_is_another_issuer, fixture) {
  session_tokens other = tokens_of({1}, clock, "https://elsewhere.example.org");
  BOOST_TEST((other.verify(tokens.mint(id1, claims).value()).error() == token_errc::wrong_issuer));
}

BOOST_FIXTURE_TEST_CASE(a_changed_or_cut_token_is_refused, fixture) {
  const std::string token = tokens.mint(id1, claims).value();
  for (std::size_t i = 0; i < token.size(); ++i) {
    BOOST_TEST(!tokens.verify(token.substr(0, i)).has_value());
    for (const char c : {'A', 'Q', 'z', '-', '.', '=', '\0'}) {
      std::string changed = token;
      if (changed[i] == c) continue;
      changed[i] = c;
      BOOST_TEST(!tokens.verify(changed).has_value());
    }
  }
  BOOST_TEST((tokens.verify(token + "A").error() == token_errc::bad_signature));
}

BOOST_AUTO_TEST_SUITE_END()
