#include "handlers/tokens/staff_claims.hpp"

#include "handlers/tokens/errc.hpp"
#include "tests/handlers/tokens/staff_setup.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

using namespace invited::test;

namespace {

boost::system::error_code verdict(const std::string& payload, staff_token_rules rules = {}) {
  const auto who = with_secret(std::move(rules))->verify(hmac_token(secret, hs256, payload));
  return who ? boost::system::error_code{} : who.error();
}

} // namespace

BOOST_AUTO_TEST_SUITE(staff_claims_suite)

BOOST_AUTO_TEST_CASE(claims_that_pass) {
  const std::string cases[] = {
      claims_with(""),
      claims_with(R"(,"name":"Ada","jti":7,"scope":{"a":[1]},"typ":"x")"), // unknown claims are ignored
      R"({"sub":"s","role":"admin","exp":1800000001})",
      R"({"sub":"s","role":"portal","provider_id":["p1","p2","p1"],"exp":1.8000001e9})",
      R"({"sub":"s","role":"portal","provider_id":"p1","exp":1800000000.5})",
      R"({"sub":")" + std::string(255, 's') + R"(","role":"portal","provider_id":")" + std::string(64, 'p') +
          R"(","exp":1800000060})",
      claims_with(R"(,"iat":1800000030,"nbf":1800000030)"), // another clock is half a minute ahead
      claims_with(R"(,"iat":-5,"nbf":0.5)"),
      claims_with(R"(,"iss":"i","aud":"a")"),
      claims_with(R"(,"aud":["a","b"])"),
      claims_with(R"(,"aud":[])"),
  };
  for (const std::string& c : cases) BOOST_TEST(!verdict(c).failed(), c);
}

BOOST_AUTO_TEST_CASE(name_and_account_are_taken_if_present) {
  const auto read = [](const std::string& more) { return parse_staff_claims(claims_with(more)).value().who; };
  BOOST_TEST(read("").name == "");
  BOOST_TEST(!read("").account_epoch.has_value());
  BOOST_TEST(read(R"(,"name":"Ada")").name == "Ada");
  for (const std::string none : {R"(,"name":5)", R"(,"name":"")", R"(,"name":"a\u0007")"})
    BOOST_TEST(read(none).name == "", none);
  BOOST_TEST((read(R"(,"invited_epoch":1700000000123)").account_epoch == 1700000000123));
  for (const std::string wrong :
       {R"(,"invited_epoch":"7")", R"(,"invited_epoch":7.5)", R"(,"invited_epoch":null)"})
    BOOST_TEST((verdict(claims_with(wrong)) == token_errc::bad_claims), wrong);
}

BOOST_AUTO_TEST_CASE(subjects_and_roles_that_are_not_valid) {
  const std::string cases[] = {
      "{}",
      R"({"role":"portal","provider_id":"p1","exp":1800000060})",
      R"({"sub":"","role":"portal","provider_id":"p1","exp":1800000060})",
      R"({"sub":7,"role":"portal","provider_id":"p1","exp":1800000060})",
      R"({"sub":null,"role":"portal","provider_id":"p1","exp":1800000060})",
      R"({"sub":"a\nb","role":"portal","provider_id":"p1","exp":1800000060})",
      R"({"sub":"a\u007f","role":"portal","provider_id":"p1","exp":1800000060})",
      R"({"sub":"a\u0085b","role":"portal","provider_id":"p1","exp":1800000060})",
      R"({"sub":")" + std::string(256, 's') + R"(","role":"portal","provider_id":"p1","exp":1800000060})",
      R"({"sub":"s","provider_id":"p1","exp":1800000060})",
      R"({"sub":"s","role":"","provider_id":"p1","exp":1800000060})",
      R"({"sub":"s","role":"Portal","provider_id":"p1","exp":1800000060})",
      R"({"sub":"s","role":"patient","provider_id":"p1","exp":1800000060})",
      R"({"sub":"s","role":["portal"],"provider_id":"p1","exp":1800000060})",
  };
  for (const std::string& c : cases) BOOST_TEST((verdict(c) == token_errc::bad_claims), c);
}

BOOST_AUTO_TEST_CASE(providers_that_are_not_valid) {
  const auto providers = [](int n) {
    std::string list;
    for (int i = 0; i < n; ++i) list += (i ? ",\"p" : "\"p") + std::to_string(i) + '"';
    return R"({"sub":"s","role":"portal","provider_id":[)" + list + R"(],"exp":1800000060})";
  };
  BOOST_TEST(!verdict(providers(100)).failed());
  const std::string cases[] = {
      R"({"sub":"s","role":"admin","provider_id":"p1","exp":1800000060})",
      R"({"sub":"s","role":"admin","provider_id":[],"exp":1800000060})",
      R"({"sub":"s","role":"portal","exp":1800000060})",
      R"({"sub":"s","role":"portal","provider_id":[],"exp":1800000060})",
      R"({"sub":"s","role":"portal","provider_id":"","exp":1800000060})",
      R"({"sub":"s","role":"portal","provider_id":["p1",""],"exp":1800000060})",
      R"({"sub":"s","role":"portal","provider_id":["p1",2],"exp":1800000060})",
      R"({"sub":"s","role":"portal","provider_id":{"id":"p1"},"exp":1800000060})",
      R"({"sub":"s","role":"portal","provider_id":null,"exp":1800000060})",
      R"({"sub":"s","role":"portal","provider_id":"p 1","exp":1800000060})",
      R"({"sub":"s","role":"portal","provider_id":"p|1","exp":1800000060})",
      R"({"sub":"s","role":"portal","provider_id":"caf\u00e9","exp":1800000060})",
      R"({"sub":"s","role":"portal","provider_id":")" + std::string(65, 'p') + R"(","exp":1800000060})",
      providers(101),
  };
  for (const std::string& c : cases) BOOST_TEST((verdict(c) == token_errc::bad_claims), c);
}

BOOST_AUTO_TEST_CASE(times_issuers_and_audiences_that_are_not_valid) {
  const std::string cases[] = {
      R"({"sub":"s","role":"portal","provider_id":"p1"})",
      R"({"sub":"s","role":"portal","provider_id":"p1","exp":"1800000060"})",
      R"({"sub":"s","role":"portal","provider_id":"p1","exp":null})",
      R"({"sub":"s","role":"portal","provider_id":"p1","exp":true})",
      R"({"sub":"s","role":"portal","provider_id":"p1","exp":1e300})",
      R"({"sub":"s","role":"portal","provider_id":"p1","exp":9007199254740994})",
      R"({"sub":"s","role":"portal","provider_id":"p1","exp":18446744073709551615})",
      claims_with(R"(,"nbf":"0")"),
      claims_with(R"(,"nbf":-1e300)"),
      claims_with(R"(,"iat":[])"),
      claims_with(R"(,"iss":7)"),
      claims_with(R"(,"iss":"")"),
      claims_with(R"(,"aud":7)"),
      claims_with(R"(,"aud":["a",7])"),
  };
  for (const std::string& c : cases) BOOST_TEST((verdict(c) == token_errc::bad_claims), c);
}

// CVE-2024-38517; see jwt_test. It tries every claim that is a number, and one that nobody reads.
BOOST_AUTO_TEST_CASE(numbers_of_any_size_are_judged_and_harm_nobody) {
  const std::string hostile = "0.000000000001e-2147483639";
  for (const std::string_view claim : {"nbf", "iat", "invited_epoch"}) {
    const std::string with = ",\"" + std::string(claim) + "\":" + hostile;
    BOOST_TEST((verdict(claims_with(with)) == token_errc::bad_claims), claim);
  }
  BOOST_TEST((verdict(R"({"sub":"s","role":"portal","provider_id":"p1","exp":)" + hostile + "}") ==
              token_errc::bad_claims));
  BOOST_TEST(!verdict(claims_with(",\"x\":[" + hostile + "]")).failed());
}

BOOST_AUTO_TEST_CASE(payloads_that_are_not_objects) {
  for (const std::string c : {"", "null", "[]", "\"x\"", "{", "{}{}", R"({"sub":"a","sub":"b"})"})
    BOOST_TEST((verdict(c) == token_errc::malformed), c);
  BOOST_TEST((verdict(claims_with(R"(,"role":"admin")")) == token_errc::malformed));
  BOOST_TEST((verdict(claims_with(R"(,"name":"\udc00")")) == token_errc::malformed));
  BOOST_TEST((verdict(claims_with("") + '\0') == token_errc::malformed));
}

BOOST_AUTO_TEST_CASE(time) {
  struct {
    std::string payload;
    token_errc expected;
  } const cases[] = {
      {R"({"sub":"s","role":"admin","exp":1800000000})", token_errc::expired}, // expired ⇔ exp ≤ now
      {R"({"sub":"s","role":"admin","exp":1799999999.9})", token_errc::expired},
      {R"({"sub":"s","role":"admin","exp":0})", token_errc::expired},
      {R"({"sub":"s","role":"admin","exp":-1})", token_errc::expired},
      {claims_with(R"(,"nbf":1800000061)"), token_errc::not_yet_valid},
      {claims_with(R"(,"nbf":1800000060.5)"), token_errc::not_yet_valid},
      {claims_with(R"(,"iat":1800000061)"), token_errc::not_yet_valid},
  };
  for (const auto& c : cases) BOOST_TEST((verdict(c.payload) == c.expected), c.payload);
}

BOOST_AUTO_TEST_CASE(the_clock_is_asked_each_time) {
  auto keys = std::make_shared<staff_keys>();
  BOOST_TEST_REQUIRE(keys->add_secret(secret).has_value());
  std::int64_t clock = now + 59;
  staff_verifier verifier(keys, {}, [&clock] { return clock; });
  const std::string token = mint_staff_token(secret, portal_claims());
  BOOST_TEST(verifier.verify(token).has_value());
  clock = now + 60;
  BOOST_TEST((verifier.verify(token).error() == token_errc::expired));
}

BOOST_AUTO_TEST_CASE(issuer_and_audience_where_configured) {
  const staff_token_rules rules{.issuer = "https://id", .audience = "invited"};
  struct {
    std::string more;
    boost::system::error_code expected;
  } const cases[] = {
      {R"(,"iss":"https://id","aud":"invited")", {}},
      {R"(,"iss":"https://id","aud":["other","invited"])", {}},
      {R"(,"aud":"invited")", token_errc::wrong_issuer},
      {R"(,"iss":"https://id/","aud":"invited")", token_errc::wrong_issuer},
      {R"(,"iss":"HTTPS://ID","aud":"invited")", token_errc::wrong_issuer},
      {R"(,"iss":"https://id")", token_errc::wrong_audience},
      {R"(,"iss":"https://id","aud":[])", token_errc::wrong_audience},
      {R"(,"iss":"https://id","aud":"invited:session")", token_errc::wrong_audience},
      {R"(,"iss":"https://id","aud":["Invited","invite"])", token_errc::wrong_audience},
  };
  for (const auto& c : cases) BOOST_TEST(verdict(claims_with(c.more), rules) == c.expected, c.more);
}

BOOST_AUTO_TEST_SUITE_END()
