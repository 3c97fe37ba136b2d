#include "handlers/fields/form.hpp"

#include "tests/handlers/fields/body.hpp"

#include <array>
#include <string>

namespace invited::handlers {

namespace {

constexpr std::array<field_rule, 3> rules{{
    {.name = "name", .required = true},
    {.name = "note"},
    {.name = "limit", .kind = field_kind::integer},
}};

struct reading {
  explicit reading(std::string_view text) : body(text) {
    bad = test::fault_of(read_form(body, rules, values, errors));
  }
  std::string summary() const {
    return bad ? test::summary(bad) : errors.empty() ? "ok" : test::summary(errors);
  }

  test::body body;
  std::array<field_value, 3> values{};
  std::vector<field_error> errors;
  std::optional<problem> bad;
};

} // namespace

BOOST_AUTO_TEST_SUITE(input_form)

BOOST_AUTO_TEST_CASE(decodes_in_place) {
  struct {
    std::string_view text, name, note;
  } const cases[] = {
      {"name=x", "x", ""},
      {"name=Ann+Lee&note=a%2Bb", "Ann Lee", "a+b"},
      {"n%61me=%4a%4A", "JJ", ""},
      {"name=a=b=c&note==", "a=b=c", "="},
      {"name=%C3%A9%E2%82%ac", "\xC3\xA9\xE2\x82\xAC", ""},
      {"name=\xC3\xA9", "\xC3\xA9", ""}, // curl -d sends it so
      {"&&name=x&", "x", ""},
      {"note&name=x", "x", ""},
      {"name=%26%3D%25", "&=%", ""},
      {"name=a%0D%0Ab", "a\r\nb", ""},
      {"name=\"';()", "\"';()", ""},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.text) {
      const reading r(c.text);
      BOOST_TEST(r.summary() == "ok");
      BOOST_TEST(r.values[0].text == c.name);
      BOOST_TEST(r.values[1].text == c.note);
    }
}

BOOST_AUTO_TEST_CASE(refusals) {
  struct {
    std::string_view text, summary;
  } const cases[] = {
      {"", "/name required"},
      {"&", "/name required"},
      {"=", "/ unknown_field; /name required"},
      {"name=x&other=1", "/other unknown_field"},
      {"name=x&name=x", "/name duplicate_field"},
      {"name=x&n%61me=y", "/name duplicate_field"},
      {"name=x&limit=ten", "/limit wrong_type"},
      {"name=x&limit=1.5", "/limit wrong_type"},
      {"name=x&limit=", "ok"},
      {"name=x&limit=10", "ok"},
      {"name=%", "400 malformed_form"},
      {"name=%4", "400 malformed_form"},
      {"name=%4&note=1", "400 malformed_form"},
      {"name=%4g", "400 malformed_form"},
      {"name=%g4", "400 malformed_form"},
      {"name=%%41", "400 malformed_form"},
      {"name=%u0041", "400 malformed_form"},
      {"name=%+1", "400 malformed_form"},
      {"na%me=x", "400 malformed_form"},
      {"name=a b", "400 malformed_form"},
      {"name=a\tb", "400 malformed_form"},
      {"name=a\r\n", "400 malformed_form"},
      {"name=%00", "400 malformed_form"},
      {"name=%C3", "400 malformed_form"},
      {"name=%ED%A0%80", "400 malformed_form"},
      {"name=%C0%AF", "400 malformed_form"},
      {"name=\xFF", "400 malformed_form"},
      {"%FF=x", "400 malformed_form"},
      {"{\"name\":\"x\"}", "/{\"name\":\"x\"} unknown_field; /name required"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.text) {
      BOOST_TEST(reading(c.text).summary() == c.summary);
    }
  BOOST_TEST(reading(std::string_view("name=x\0y", 8)).summary() == "400 malformed_form");
}

BOOST_AUTO_TEST_CASE(the_detail_names_the_byte) {
  BOOST_TEST(reading("name=ab%zz").bad.value().detail == "At byte 7: two hex digits were expected after %.");
  BOOST_TEST(reading("note=1&name=a b").bad.value().detail ==
             "At byte 13: a space or control character must be escaped.");
}

BOOST_AUTO_TEST_CASE(queries_are_copied_first) {
  const std::string query = "name=a%20b&limit=25";
  std::string storage;
  std::array<field_value, 3> values{};
  std::vector<field_error> errors;
  BOOST_TEST(read_query(query, storage, rules, values, errors).has_value());
  BOOST_TEST(query == "name=a%20b&limit=25");
  BOOST_TEST(values[0].text == "a b");
  BOOST_TEST(values[2].number == 25);
  values = {};
  BOOST_TEST(test::summary(read_query("name=%zz", storage, rules, values, errors)) == "400 malformed_query");
  BOOST_TEST(read_query("", storage, rules, values, errors).has_value());
  BOOST_TEST(test::summary(errors) == "/name required");
}

BOOST_AUTO_TEST_CASE(random_mutations) {
  std::mt19937 random(77);
  int taken = 0;
  for (int round = 0; round < 20'000; ++round) {
    const reading r(test::mutate("name=A%C3%A9+b%26&note=%41x&limit=12", random));
    if (r.bad) BOOST_REQUIRE(r.bad->status == 400U);
    if (!r.bad && r.errors.empty()) {
      ++taken;
      BOOST_REQUIRE(r.values[0].good());
      BOOST_REQUIRE(r.values[0].text.find('\0') == std::string_view::npos);
    }
  }
  BOOST_TEST(taken > 100);
  BOOST_TEST(taken < 19'000);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers
