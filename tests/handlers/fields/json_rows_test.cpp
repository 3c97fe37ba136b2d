#include "handlers/fields/json_rows.hpp"

#include "tests/handlers/fields/body.hpp"

#include <array>
#include <string>

namespace invited::handlers {

namespace {

constexpr std::array<field_rule, 4> rules{{
    {.name = "name", .required = true},
    {.name = "count", .kind = field_kind::integer},
    {.name = "more", .kind = field_kind::object},
    {.name = "note", .required = true, .within = "more"},
}};

struct reading {
  explicit reading(std::string_view text, std::size_t most = 10) : body(text), rows(rules) {
    bad = test::fault_of(rows.read(body, most));
    if (bad) test::check_proper(*bad);
  }

  /// The problem of the whole, or that of each row: "ok
  ///  /name required".
  std::string summary() {
    if (bad) return test::summary(bad);
    std::string all;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (i > 0) all += " | ";
      all += rows.errors(i).empty() ? "ok" : test::summary(rows.errors(i));
    }
    return all;
  }

  test::body body;
  json_rows rows;
  std::optional<problem> bad;
};

} // namespace

BOOST_AUTO_TEST_SUITE(input_json_rows)

BOOST_AUTO_TEST_CASE(reads_each_row_in_place) {
  reading r(R"( [ {"name":"A\u006en","count":-7}, {"more":{"note":"x"},"name":"Bo"} ] )");
  BOOST_TEST(r.summary() == "ok | ok");
  BOOST_REQUIRE(r.rows.size() == 2U);
  BOOST_TEST(r.rows.values(0)[0].text == "Ann");
  BOOST_TEST(r.rows.values(0)[1].number == -7);
  BOOST_TEST(!r.rows.values(0)[3].good());
  BOOST_TEST(r.rows.values(1)[0].text == "Bo");
  BOOST_TEST(!r.rows.values(1)[1].good());
  BOOST_TEST(r.rows.values(1)[3].text == "x");
}

BOOST_AUTO_TEST_CASE(tables_of_rows) {
  struct {
    std::string_view text, summary;
  } const cases[] = {
      {"[]", ""},
      {R"([{}])", "/name required"},
      {R"([{"name":"x"},{"name":1},{"name":"y"}])", "ok | /name wrong_type | ok"},
      {R"([{"name":"x","name":"y"},{"name":"x","zip":[{"name":1}]}])",
       "/name duplicate_field | /zip unknown_field"},
      {R"([{"name":"x","count":[1]},{"name":"x","count":{"a":{}}}])",
       "/count wrong_type | /count wrong_type"},
      {R"([{"name":"x","more":{}},{"name":"x","more":{"note":"y","name":"z"}},{"name":"x"}])",
       "/more/note required | /more/name unknown_field | ok"},
      // A row that is not an object is an error of that row.
      {R"([1,"x",null,true,[],[{"name":"x"}],{"name":"x"}])",
       " wrong_type |  wrong_type |  wrong_type |  wrong_type |  wrong_type |  wrong_type | ok"},
      {R"([[[{"name":"x"}]],{"name":"x"}])", " wrong_type | ok"},
      // What is not an array is an error of the whole.
      {R"({"name":"x"})", "422  wrong_type"},
      {R"({"rows":[{"name":"x"}]})", "422  wrong_type"},
      {"7", "422  wrong_type"},
      {"null", "422  wrong_type"},
      {R"("[]")", "422  wrong_type"},
      {"", "400 malformed_json"},
      {"[", "400 malformed_json"},
      {R"([{"name":"x"},])", "400 malformed_json"},
      {R"([{"name":"x"}]])", "400 malformed_json"},
      {R"([{"name":"x"}] [])", "400 malformed_json"},
      {R"([{"name":"x"} {"name":"x"}])", "400 malformed_json"},
      {R"([{"name":"\udc00"}])", "400 malformed_json"},
      {R"([{"name":"x"},{"name":"\u0000"}])", "400 malformed_json"},
      {"[{\"name\":\"\xff\"}]", "400 malformed_json"},
      {R"([{"name":"x","zip":[[[[[[1]]]]]]}])", "/zip unknown_field"},
      {R"([{"name":"x","zip":[[[[[[[1]]]]]]]}])", "400 malformed_json"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.text) {
      BOOST_TEST(reading(c.text).summary() == c.summary);
    }
}

BOOST_AUTO_TEST_CASE(a_row_too_many_is_the_whole_calls_problem_and_is_not_kept) {
  std::string text = "[";
  for (int i = 0; i < 5000; ++i) text += R"({"name":"x"},)";
  text.back() = ']';
  reading r(text, 3);
  BOOST_TEST(r.summary() == "422  too_many");
  BOOST_TEST(r.bad->errors.at(0).message == "At most 3 rows; there are 5000.");
  BOOST_TEST(r.rows.size() == 3U);
  BOOST_TEST(reading(R"([{"name":"x"},1,[]])", 3).summary() == "ok |  wrong_type |  wrong_type");
  BOOST_TEST(reading(R"([{"name":"x"},1,[],2])", 3).summary() == "422  too_many");
}

BOOST_AUTO_TEST_CASE(a_bomb_is_malformed) {
  BOOST_TEST(reading(std::string(500'000, '[')).summary() == "400 malformed_json");
  std::string objects;
  for (int i = 0; i < 50'000; ++i) objects += R"([{"a":)";
  BOOST_TEST(reading(objects).summary() == "400 malformed_json");
}

BOOST_AUTO_TEST_CASE(random_mutations) {
  const std::string good = R"([{"name":"x","count":1},{"more":{"note":"n"},"name":"y"},[7],{"name":"z"}])";
  std::mt19937 random(4321);
  int taken = 0;
  for (int round = 0; round < 20'000; ++round) {
    reading r(test::mutate(good, random));
    if (!r.bad) ++taken;
  }
  BOOST_TEST(taken > 100);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers
