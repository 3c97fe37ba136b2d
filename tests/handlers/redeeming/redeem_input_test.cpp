#include "handlers/redeeming/redeem_input.hpp"

#include "tests/handlers/fields/body.hpp"

#include <algorithm>
#include <string>

namespace invited::handlers {

namespace {

constexpr std::string_view json = "application/json";
constexpr std::string_view form = "application/x-www-form-urlencoded";
constexpr std::string_view key_a = "aaaaaaaaaaaaaaaa";
constexpr std::string_view key_b = "bbbbbbbbbbbbbbbb";

struct call {
  std::string_view type, body;
  std::string key_field{}, cookie{};
};

/// "ok", the key, the answer, and "form" if it was one; or the refusal.
std::string read(const call& c) {
  test::body body(c.body);
  request r;
  r.body = body.span();
  r.fields[static_cast<std::size_t>(field::content_type)] = c.type;
  if (!c.key_field.empty()) r.fields[static_cast<std::size_t>(field::idempotency_key)] = c.key_field;
  r.fields[static_cast<std::size_t>(field::cookie)] = c.cookie;
  const auto out = read_redeem(r);
  if (!out) {
    test::check_proper(out.error());
    return test::summary(out);
  }
  return "ok " + out->redeem_key + "|" + out->answer + (out->form ? "|form" : "");
}

std::string ok(std::string_view key, std::string_view rest = "|") {
  return "ok " + std::string(key) + std::string(rest);
}

} // namespace

BOOST_AUTO_TEST_SUITE(input_redeem)

BOOST_AUTO_TEST_CASE(bodies) {
  struct {
    call in;
    std::string out;
  } const cases[] = {
      {{"", ""}, ok("")},
      {{json, "{}"}, ok("")},
      {{form, ""}, ok("", "||form")},
      {{json, R"({"redeem_key":"aaaaaaaaaaaaaaaa"})"}, ok(key_a)},
      {{json, R"({"redeem_key":"aaaaaaaaaaaaaaaa","answer":"1980-02-29"})"}, ok(key_a, "|1980-02-29")},
      {{json, R"({"redeem_key":null,"answer":null})"}, ok("")},
      {{"application/json; charset=utf-8", "{}"}, ok("")},
      {{form, "redeem_key=aaaaaaaaaaaaaaaa&answer=a+b"}, ok(key_a, "|a b|form")},
      {{form, "redeem_key=&answer="}, ok("", "||form")},
      {{json, ""}, "400 malformed_json"},
      {{json, R"({"redeem_key":)"}, "400 malformed_json"},
      {{json, R"([])"}, "422  wrong_type"},
      {{json, R"({"redeem_key":""})"}, "422 /redeem_key too_short"},
      {{json, R"({"redeem_key":"short"})"}, "422 /redeem_key too_short"},
      {{json, R"({"redeem_key":7,"answer":7,"x":7})"},
       "422 /redeem_key wrong_type; /answer wrong_type; /x unknown_field"},
      {{json, R"({"redeem_key":"a b","answer":"\n"})"},
       "422 /redeem_key forbidden_character; /answer forbidden_character"},
      {{form, "redeem_key=short"}, "422 /redeem_key too_short"},
      {{form, "redeem_key=%zz"}, "400 malformed_form"},
      {{form, "x=1&answer=a&answer=b"}, "422 /x unknown_field; /answer duplicate_field"},
      {{"", "{}"}, "415 unsupported_media_type"},
      {{"text/plain", "{}"}, "415 unsupported_media_type"},
      {{"text/plain", ""}, "415 unsupported_media_type"},
      {{"application/ld+json", "{}"}, "415 unsupported_media_type"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.in.type << ' ' << c.in.body) {
      BOOST_TEST(read(c.in) == c.out);
    }
  BOOST_TEST(read({json, R"({"answer":")" + std::string(200, 'x') + "\"}"}) ==
             ok("", "|" + std::string(200, 'x')));
  BOOST_TEST(read({json, R"({"answer":")" + std::string(201, 'x') + "\"}"}) == "422 /answer too_long");
}

BOOST_AUTO_TEST_CASE(the_key_of_the_idempotency_field) {
  const std::string body_a = R"({"redeem_key":"aaaaaaaaaaaaaaaa"})";
  const std::string a(key_a);
  const std::string b(key_b);
  BOOST_TEST(read({"", "", a}) == ok(key_a));
  BOOST_TEST(read({"", "", '"' + a + '"'}) == ok(key_a));
  BOOST_TEST(read({json, body_a, a}) == ok(key_a));
  BOOST_TEST(read({json, body_a, '"' + a + '"'}) == ok(key_a));
  BOOST_TEST(read({form, "redeem_key=", a}) == ok(key_a, "||form"));
  BOOST_TEST(read({json, body_a, b}) == "422 /redeem_key conflicting_keys");
  BOOST_TEST(read({"", "", "short"}) == "422  too_short");
  BOOST_TEST(read({"", "", std::string(129, 'k')}) == "422  too_long");
  BOOST_TEST(read({"", "", "0123456789abcdef.:"}) == "422  forbidden_character");
  BOOST_TEST(read({json, body_a, "short"}) == "422  too_short; /redeem_key conflicting_keys");
  BOOST_TEST(read({"", "", "\"open"}) == "400 invalid_idempotency_key");
  BOOST_TEST(read({"", "", a + ", " + b}) == "400 invalid_idempotency_key"); // the field sent twice
}

BOOST_AUTO_TEST_CASE(the_cookie_counts_only_without_any_key) {
  const std::string cookie_b = "theme=dark; invited_redeem=" + std::string(key_b) + "; x=1";
  BOOST_TEST(read({"", "", "", cookie_b}) == ok(key_b));
  BOOST_TEST(read({json, "{}", "", cookie_b}) == ok(key_b));
  BOOST_TEST(read({form, "redeem_key=", "", cookie_b}) == ok(key_b, "||form"));
  BOOST_TEST(read({form, "redeem_key=aaaaaaaaaaaaaaaa", "", cookie_b}) == ok(key_a, "||form"));
  BOOST_TEST(read({"", "", std::string(key_a), cookie_b}) == ok(key_a));
  for (const char* bad :
       {"invited_redeem=", "invited_redeem=short", "invited_redeem=a b", "Invited_redeem=aaaaaaaaaaaaaaaa",
        "invited_redeem", "invited_redeem=aaaaaaaaaaaaaaaa.", "=;;="})
    BOOST_TEST_CONTEXT(bad) {
      BOOST_TEST(read({"", "", "", bad}) == ok(""));
    }
  BOOST_TEST(read({json, R"({"redeem_key":"short"})", "", cookie_b}) == "422 /redeem_key too_short");
}

BOOST_AUTO_TEST_CASE(messages_do_not_repeat_the_key) {
  test::body body(R"({"redeem_key":"topsecret!"})");
  request r;
  r.body = body.span();
  r.fields[static_cast<std::size_t>(field::content_type)] = json;
  r.fields[static_cast<std::size_t>(field::idempotency_key)] = "othersecret!";
  const std::optional<problem> bad = test::fault_of(read_redeem(r));
  BOOST_REQUIRE(bad);
  BOOST_TEST(bad->errors.size() == 3U);
  for (const field_error& e : bad->errors) BOOST_TEST(e.message.find("secret") == std::string::npos);
  BOOST_TEST(std::ranges::any_of(bad->errors, [](const field_error& e) {
    return e.message.starts_with("Idempotency-Key counts as redeem key here. ");
  }));
}

BOOST_AUTO_TEST_CASE(random_mutations) {
  std::mt19937 random(11);
  int taken = 0;
  for (int round = 0; round < 20'000; ++round) {
    const bool as_form = round % 2 == 0;
    const std::string body =
        test::mutate(as_form ? "redeem_key=aaaaaaaaaaaaaaaa&answer=a%C3%A9+b"
                             : R"({"redeem_key":"aaaaaaaaaaaaaaaa","answer":"a\u00e9 b"})",
                     random);
    const std::string cookie = test::mutate("a=b; invited_redeem=bbbbbbbbbbbbbbbb", random);
    const std::string key = round % 3 == 0 ? test::mutate("\"aaaaaaaaaaaaaaaa\"", random) : std::string();
    taken += read({as_form ? form : json, body, key, cookie}).rfind("ok", 0) == 0;
  }
  BOOST_TEST(taken > 100);
  BOOST_TEST(taken < 19'000);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers
