#include "handlers/making/create_input.hpp"

#include "tests/handlers/fields/body.hpp"

#include <span>
#include <string>
#include <string_view>

namespace invited::handlers {

namespace {

using std::chrono::seconds;

const create_rules rules{.ttl_min = seconds(60),
                         .ttl_max = seconds(7'776'000),
                         .default_region = "US",
                         .clock = [] { return std::int64_t{1'796'660'516}; }}; // 2026-12-07T16:21:56Z

constexpr std::string_view good =
    R"({"email":"ann@example.org","first_name":"Ann","last_name":"L\u00e9e","phone":"+14155550123",)"
    R"("provider_id":"clinic-1","expires_in":3600,"locale":"en-US",)"
    R"("challenge":{"kind":"birth_date","answer":"1980-02-29"},"external_id":" Ord\u00e9r/47 "})";

std::string read(std::string_view text) {
  test::body body(text);
  const auto read = read_create(body, rules);
  if (!read) test::check_proper(read.error());
  return test::summary(read);
}

/// `good` with the value of one field replaced by the JSON text `value`, or without the field if that is
/// empty.
std::string with(std::string_view name, std::string_view value) {
  std::string text = "{";
  for (const auto& [field, usual] : {std::pair{"email", R"("ann@example.org")"},
                                     {"first_name", R"("Ann")"},
                                     {"last_name", R"("Lee")"},
                                     {"provider_id", R"("clinic-1")"}})
    if (field != name) text += "\"" + std::string(field) + "\":" + usual + ",";
  if (!value.empty()) text += "\"" + std::string(name) + "\":" + std::string(value) + ",";
  text.back() = '}';
  return text;
}

} // namespace

/// `good` with this field changed, and what reading it comes to.
struct field_case {
  std::string_view field;
  std::string value;
  std::string_view summary;
};

void check(std::span<const field_case> cases) {
  for (const field_case& c : cases) {
    BOOST_TEST_CONTEXT(c.field << " = " << c.value) BOOST_TEST(read(with(c.field, c.value)) == c.summary);
  }
}

BOOST_AUTO_TEST_SUITE(input_create)

BOOST_AUTO_TEST_CASE(a_full_body) {
  test::body body(good);
  const create_input out = read_create(body, rules).value();
  BOOST_TEST(out.email == "ann@example.org");
  BOOST_TEST(out.first_name == "Ann");
  BOOST_TEST(out.last_name == "L\xC3\xA9"
                              "e");
  BOOST_TEST(out.phone == "+14155550123");
  BOOST_TEST(out.provider_id == "clinic-1");
  BOOST_TEST(out.expires_in.value() == 3600);
  BOOST_TEST(out.locale == "en-US");
  BOOST_REQUIRE(out.challenge.has_value());
  BOOST_TEST((out.challenge->kind == store::challenge_kind::birth_date));
  BOOST_TEST(out.challenge->answer == "1980-02-29");
  BOOST_TEST(out.external_id == "Ord\xC3\xA9r/47");
}

BOOST_AUTO_TEST_CASE(a_minimal_body_and_names_trimmed) {
  test::body body(
      R"({"email":"a@b.co","first_name":" Ann ","last_name":"\u3000Lee\t","phone":null,"provider_id":"p"})");
  const create_input out = read_create(body, rules).value();
  BOOST_TEST(out.first_name == "Ann");
  BOOST_TEST(out.last_name == "Lee");
  BOOST_TEST(out.phone.empty());
  BOOST_TEST(out.locale.empty());
  BOOST_TEST(out.external_id.empty());
  BOOST_TEST(!out.expires_in);
  BOOST_TEST(!out.challenge);
}

BOOST_AUTO_TEST_CASE(one_field_at_a_time) {
  const field_case cases[] = {
      {"email", "7", "422 /email wrong_type"},
      {"email", R"("ann")", "422 /email invalid_email"},
      {"email", R"("a\u0020b@c.org")", "422 /email forbidden_character"},
      {"email", R"("a\u202eb@c.org")", "422 /email forbidden_character"},
      {"first_name", R"("  ")", "422 /first_name empty"},
      {"first_name", R"("a\nb")", "422 /first_name forbidden_character"},
      {"first_name", R"("a\u0000b")", "400 malformed_json"},
      {"last_name", R"(["Lee"])", "422 /last_name wrong_type"},
      {"last_name", R"("\udc00")", "400 malformed_json"},
      {"provider_id", R"("a b")", "422 /provider_id forbidden_character"},
      {"provider_id", "7", "422 /provider_id wrong_type"},
      {"phone", "null", "ok"},
      {"phone", R"("")", "ok"},
      {"phone", R"("+14155550123")", "ok"},
      {"phone", R"("x")", "422 /phone invalid_phone"},
      {"phone", "4155550123", "422 /phone wrong_type"},
      {"expires_in", "null", "ok"},
      {"expires_in", "60", "ok"},
      {"expires_in", "59", "422 /expires_in out_of_range"},
      {"expires_in", "7776001", "422 /expires_in out_of_range"},
      {"expires_in", "-1", "422 /expires_in out_of_range"},
      {"expires_in", "9223372036854775808", "422 /expires_in out_of_range"},
      {"expires_in", "1e3", "ok"},
      {"expires_in", "100.5", "422 /expires_in wrong_type"},
      {"expires_in", R"("100")", "422 /expires_in wrong_type"},
      {"locale", "null", "ok"},
      {"locale", R"("de")", "ok"},
      {"locale", R"("")", "ok"},
      {"locale", R"("en_US")", "ok"},
      {"locale", R"("en US")", "422 /locale invalid_locale"},
      {"external_id", "null", "ok"},
      {"external_id", R"("")", "ok"},
      {"external_id", R"("  ")", "ok"},
      {"external_id", R"("order#4711")", "ok"},
      {"external_id", R"("a b")", "422 /external_id forbidden_character"},
      {"external_id", R"("a\u202eb")", "422 /external_id forbidden_character"},
      {"external_id", "4711", "422 /external_id wrong_type"},
      {"external_id", R"(["x"])", "422 /external_id wrong_type"},
      {"external_id", R"("x","external_id":"x")", "422 /external_id duplicate_field"},
      {"external_id", '"' + std::string(128, 'x') + '"', "ok"},
      {"external_id", '"' + std::string(129, 'x') + '"', "422 /external_id too_long"},
      {"invite_id", R"("x")", "422 /invite_id unknown_field"},
  };
  check(cases);
}

BOOST_AUTO_TEST_CASE(one_of_email_and_phone_is_enough_and_neither_names_both) {
  const std::string_view nothing[] = {"", "null", R"("")", R"("  ")", R"("\u00a0\u200b")"};
  const auto body = [](std::string_view email, std::string_view phone) {
    std::string text = R"({"first_name":"Ann","last_name":"Lee","provider_id":"clinic-1")";
    if (!email.empty()) text.append(R"(,"email":)").append(email);
    if (!phone.empty()) text.append(R"(,"phone":)").append(phone);
    return text + '}';
  };
  for (const std::string_view none : nothing) {
    BOOST_TEST_CONTEXT("none is " << none) {
      BOOST_TEST(read(body(none, R"("+14155550123")")) == "ok");
      BOOST_TEST(read(body(R"("ann@example.org")", none)) == "ok");
      // A value that is there and wrong is the only thing to say.
      BOOST_TEST(read(body(R"("ann")", none)) == "422 /email invalid_email");
      BOOST_TEST(read(body("7", none)) == "422 /email wrong_type");
      BOOST_TEST(read(body(none, R"("x")")) == "422 /phone invalid_phone");
      BOOST_TEST(read(body(none, "{}")) == "422 /phone wrong_type");
      for (const std::string_view other : nothing)
        BOOST_TEST(read(body(none, other)) == "422 /email required; /phone required", other);
    }
  }
  test::body phone_only(body(R"(" ")", R"("(415) 555-0123")"));
  const create_input out = read_create(phone_only, rules).value();
  BOOST_TEST(out.email.empty());
  BOOST_TEST(out.phone == "+14155550123");
  test::body neither(body("", ""));
  const std::optional<problem> bad = test::fault_of(read_create(neither, rules));
  BOOST_REQUIRE(bad);
  for (const field_error& e : bad->errors) {
    BOOST_TEST(e.message == "An e-mail address or a phone number is required; one of the two is enough.");
  }
}

BOOST_AUTO_TEST_CASE(challenges) {
  const field_case cases[] = {
      {"challenge", "null", "ok"},
      {"challenge", R"({"kind":"birth_date","answer":"1980-02-29"})", "ok"},
      {"challenge", R"({"answer":"X7-K2","kind":"code"})", "ok"},
      {"challenge", R"("code")", "422 /challenge wrong_type"},
      {"challenge", R"(["code","X7K2"])", "422 /challenge wrong_type"},
      {"challenge", "{}", "422 /challenge/kind required; /challenge/answer required"},
      {"challenge", R"({"kind":"code"})", "422 /challenge/answer required"},
      {"challenge", R"({"answer":"X7K2"})", "422 /challenge/kind required"},
      {"challenge", R"({"kind":"code","answer":null})", "422 /challenge/answer wrong_type"},
      {"challenge", R"({"kind":"code","answer":7272})", "422 /challenge/answer wrong_type"},
      {"challenge", R"({"kind":"code","answer":{"code":"X7K2"}})", "422 /challenge/answer wrong_type"},
      {"challenge", R"({"kind":"Code","answer":"X7K2"})", "422 /challenge/kind unknown_kind"},
      {"challenge", R"({"kind":"","answer":"X7K2"})", "422 /challenge/kind unknown_kind"},
      {"challenge", R"({"kind":"code","answer":"X7K2","hint":"h"})", "422 /challenge/hint unknown_field"},
      {"challenge", R"({"kind":"code","answer":"X7K2","answer":"X7K2"})",
       "422 /challenge/answer duplicate_field"},
      {"challenge", R"({"kind":"code","answer":"X7K2"},"challenge":null)", "422 /challenge duplicate_field"},
      {"challenge", R"({"kind":"code","answer":" x-1 "})", "422 /challenge/answer too_short"},
      {"challenge", R"({"kind":"birth_date","answer":"29.02.1980"})", "422 /challenge/answer invalid_date"},
      {"challenge", R"({"kind":"birth_date","answer":"2026-12-08"})", "ok"}, // that day has begun in Kiribati
      {"challenge", R"({"kind":"birth_date","answer":"2026-12-09"})", "422 /challenge/answer out_of_range"},
      {"challenge", R"({"kind":[[[[[[[]]]]]]]})", "400 malformed_json"},
  };
  check(cases);
}

BOOST_AUTO_TEST_CASE(everything_wrong_is_said_at_once_without_the_values) {
  test::body body(
      R"({"email":"secret-mail","first_name":"","phone":"secret-phone","provider_id":"secret prov",)"
      R"("expires_in":1,"locale":"secret locale","secretless":1,"email":"again"})");
  const std::optional<problem> bad = test::fault_of(read_create(body, rules));
  BOOST_REQUIRE(bad);
  BOOST_TEST(
      test::summary(bad) ==
      "422 /secretless unknown_field; /email duplicate_field; /last_name required; /email invalid_email; "
      "/first_name empty; /phone invalid_phone; /provider_id forbidden_character; /locale invalid_locale; "
      "/expires_in out_of_range");
  for (const field_error& e : bad->errors) BOOST_TEST(e.message.find("secret") == std::string::npos);
  BOOST_TEST(bad->detail.find("secret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_prefix_is_malformed) {
  for (std::size_t n = 0; n < good.size(); ++n) BOOST_TEST_CONTEXT(n) {
      BOOST_TEST(read(good.substr(0, n)) == "400 malformed_json");
    }
  BOOST_TEST(read(good) == "ok");
}

BOOST_AUTO_TEST_CASE(every_byte_replaced_by_every_kind_of_byte) {
  for (std::size_t i = 0; i < good.size(); ++i)
    for (const char byte : {'\0', '"', '\\', '\x80', '\xFF', '{', ' ', '9'}) {
      std::string text(good);
      text[i] = byte;
      test::body body(text);
      if (const auto read = read_create(body, rules); !read) test::check_proper(read.error());
    }
}

BOOST_AUTO_TEST_CASE(random_mutations) {
  std::mt19937 random(4321);
  int taken = 0;
  for (int round = 0; round < 20'000; ++round) {
    test::body body(test::mutate(std::string(good), random));
    if (const auto out = read_create(body, rules)) {
      ++taken;
      BOOST_REQUIRE(!(out->email.empty() && out->phone.empty()) && !out->first_name.empty() &&
                    !out->last_name.empty() && !out->provider_id.empty());
    } else {
      const problem& bad = out.error();
      BOOST_REQUIRE(bad.status == 400 || (bad.status == 422 && !bad.errors.empty()));
    }
  }
  BOOST_TEST(taken > 100); // some mutations are harmless
  BOOST_TEST(taken < 19'000);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers
