#include "handlers/fields/json_object.hpp"

#include "handlers/fields/json_fields.hpp"
#include "tests/handlers/fields/body.hpp"

#include <array>
#include <string>

namespace invited::handlers {

namespace {

constexpr std::array<field_rule, 3> rules{{
    {.name = "name", .required = true},
    {.name = "note"},
    {.name = "count", .kind = field_kind::integer},
}};

constexpr std::array<field_rule, 5> nested_rules{{
    {.name = "name", .required = true},
    {.name = "pet", .kind = field_kind::object},
    {.name = "name", .required = true, .within = "pet"},
    {.name = "age", .kind = field_kind::integer, .within = "pet"},
    {.name = "home", .kind = field_kind::object, .required = true},
}};

struct reading {
  explicit reading(std::string_view text) : body(text) {
    bad = test::fault_of(read_json_object(body, rules, values, errors));
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

BOOST_AUTO_TEST_SUITE(input_json_object)

BOOST_AUTO_TEST_CASE(reads_values_in_place) {
  reading r(R"( {"count" : -7, "note":"", "name":"A\u006en"} )");
  BOOST_TEST(r.summary() == "ok");
  BOOST_TEST(r.values[0].good());
  BOOST_TEST(r.values[0].text == "Ann");
  BOOST_TEST(r.values[1].good());
  BOOST_TEST(r.values[1].text.empty());
  BOOST_TEST(r.values[2].number == -7);
  const std::span<char> all = r.body.span();
  BOOST_TEST((r.values[0].text.data() >= all.data() && r.values[0].text.data() < all.data() + all.size()));
}

BOOST_AUTO_TEST_CASE(tables_of_errors) {
  struct {
    std::string_view text, summary;
  } const cases[] = {
      {R"({})", "/name required"},
      {R"({"name":"x"})", "ok"},
      {R"({"name":"x","note":null,"count":null})", "ok"},
      {R"({"name":null})", "/name wrong_type"},
      {R"({"name":1})", "/name wrong_type"},
      {R"({"name":true})", "/name wrong_type"},
      {R"({"name":[]})", "/name wrong_type"},
      {R"({"name":{"name":"x"}})", "/name wrong_type"},
      {R"({"name":[{"name":"x"},["y"]]})", "/name wrong_type"},
      {R"({"name":"x","count":"1"})", "/count wrong_type"},
      {R"({"name":"x","count":1.5})", "/count wrong_type"},
      {R"({"name":"x","count":1e-3})", "/count wrong_type"},
      {R"({"name":"x","count":1E0})", "ok"},
      {R"({"name":"x","count":false})", "/count wrong_type"},
      {R"({"name":"x","count":{}})", "/count wrong_type"},
      {R"({"name":"x","other":1})", "/other unknown_field"},
      {R"({"name":"x","Name":"y"})", "/Name unknown_field"},
      {R"({"name":"x","":1})", "/ unknown_field"},
      {R"({"name":"x","a/b~":{"name":1,"deep":[{}]}})", "/a~1b~0 unknown_field"},
      {R"({"name":"x","name":"y"})", "/name duplicate_field"},
      {R"({"name":"x","n\u0061me":"y"})", "/name duplicate_field"},
      {R"({"name":"x","name":null})", "/name duplicate_field"},
      {R"({"note":null,"note":null,"name":"x"})", "/note duplicate_field"},
      {R"({"name":"x","name":1,"name":[]})", "/name duplicate_field; /name duplicate_field"},
      {R"({"zip":1,"count":"x","note":[1]})",
       "/zip unknown_field; /count wrong_type; /note wrong_type; /name required"},
      {R"([])", " wrong_type"},
      {R"([{"name":"x","other":1}])", " wrong_type"},
      {R"("name")", " wrong_type"},
      {R"(1)", " wrong_type"},
      {R"(null)", " wrong_type"},
      {R"(true)", " wrong_type"},
      {R"({"name":"x"}})", "400 malformed_json"},
      {R"({"name":"x")", "400 malformed_json"},
      {R"({"name":"x","other":[[[[[[[[1]]]]]]]]})", "400 malformed_json"},
      {"", "400 malformed_json"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.text) {
      const reading r(c.text);
      BOOST_TEST(r.summary() == c.summary);
    }
}

BOOST_AUTO_TEST_CASE(the_first_of_two_values_stands_and_wrong_ones_are_flawed) {
  const reading r(R"({"name":"first","name":"second","count":[]})");
  BOOST_TEST(r.values[0].text == "first");
  BOOST_TEST((r.values[2].is == field_value::state::flawed));
  BOOST_TEST(!r.values[2].good());
  BOOST_TEST((r.values[1].is == field_value::state::absent));
}

BOOST_AUTO_TEST_CASE(integers_saturate) {
  BOOST_TEST(reading(R"({"count":99999999999999999999})").values[2].number == INT64_MAX);
  BOOST_TEST(reading(R"({"count":-99999999999999999999})").values[2].number == INT64_MIN);
}

BOOST_AUTO_TEST_CASE(messages_say_what_was_found_and_what_is_right) {
  BOOST_TEST(reading(R"({"name":null})").errors.at(0).message == "This must be a string, not null.");
  BOOST_TEST(reading(R"({"name":7})").errors.at(0).message == "This must be a string, not a number.");
  BOOST_TEST(reading(R"({"name":"x","count":"7"})").errors.at(0).message ==
             "This must be a whole number, not a string.");
  test::body body(R"({"name":"x","home":7})");
  std::array<field_value, 5> values{};
  std::vector<field_error> errors;
  BOOST_TEST(read_json_object(body, nested_rules, values, errors).has_value());
  BOOST_TEST(errors.at(0).message == "This must be an object, not a number.");
  BOOST_TEST(reading("[]").errors.at(0).message == "This must be an object, not an array.");
}

BOOST_AUTO_TEST_CASE(a_body_of_wrong_names_only_is_answered_briefly) {
  std::string text = "{";
  for (int i = 0; i < 1000; ++i) text += "\"k" + std::to_string(i) + "\":0,";
  text += R"("name":1})";
  const reading r(text);
  BOOST_TEST(r.errors.size() == most_name_errors + 1);
  BOOST_TEST(r.errors.back().pointer == "/name");
}

BOOST_AUTO_TEST_CASE(an_object_in_the_object) {
  struct {
    std::string_view text, summary;
  } const cases[] = {
      {R"({"name":"x","home":{},"pet":{"name":"y","age":7}})", "ok"},
      {R"({"pet":{"age":null,"name":"y"},"home":{},"name":"x"})", "ok"},
      {R"({"name":"x","home":{},"pet":null})", "ok"},
      {R"({"name":"x","home":{}})", "ok"},
      {R"({"name":"x","home":{},"pet":{}})", "/pet/name required"},
      {R"({"home":{},"pet":{"name":"y"}})", "/name required"},
      {R"({"pet":{}})", "/pet/name required; /name required; /home required"},
      {R"({"name":"x","home":null})", "/home wrong_type"},
      {R"({"name":"x","home":{},"pet":"y"})", "/pet wrong_type"},
      {R"({"name":"x","home":{},"pet":[{"name":1}]})", "/pet wrong_type"},
      {R"({"name":"x","home":{},"pet":{"name":1,"age":"y"}})", "/pet/name wrong_type; /pet/age wrong_type"},
      {R"({"name":"x","home":{},"pet":{"name":{"name":"y"}}})", "/pet/name wrong_type"},
      {R"({"name":"x","home":{},"pet":{"name":[{"name":1,"x":2}]}})", "/pet/name wrong_type"},
      {R"({"name":"x","home":{},"pet":{"name":"y","a/b":1,"pet":{"name":1}}})",
       "/pet/a~1b unknown_field; /pet/pet unknown_field"},
      {R"({"name":"x","home":{"name":"y"}})", "/home/name unknown_field"},
      {R"({"name":"x","home":{},"age":1})", "/age unknown_field"},
      {R"({"name":"x","home":{},"pet":{"name":"y","name":1}})", "/pet/name duplicate_field"},
      {R"({"name":"x","home":{},"pet":{"name":"y"},"pet":{"name":1,"x":2}})", "/pet duplicate_field"},
      {R"({"name":"x","home":{},"pet":null,"pet":{"x":2}})", "/pet duplicate_field"},
      {R"({"other":{"name":1,"pet":{}},"name":"x","home":{}})", "/other unknown_field"},
      {R"({"name":"x","home":{},"pet":{"name":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}})",
       "400 malformed_json"},
  };
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.text) {
      test::body body(c.text);
      std::array<field_value, 5> values{};
      std::vector<field_error> errors;
      const std::optional<problem> bad = test::fault_of(read_json_object(body, nested_rules, values, errors));
      BOOST_TEST((bad ? test::summary(bad) : errors.empty() ? "ok" : test::summary(errors)) == c.summary);
    }
}

BOOST_AUTO_TEST_CASE(values_in_the_inner_object_are_its_own) {
  test::body body(R"({"pet":{"name":"y","age":7},"name":"x","pet":{"name":"z"},"home":{}})");
  std::array<field_value, 5> values{};
  std::vector<field_error> errors;
  BOOST_TEST(read_json_object(body, nested_rules, values, errors).has_value());
  BOOST_TEST(values[0].text == "x");
  BOOST_TEST(values[1].good());
  BOOST_TEST(values[2].text == "y"); // the first one stays
  BOOST_TEST(values[3].number == 7);
}

BOOST_AUTO_TEST_CASE(long_names_in_the_inner_object_are_not_sent_back) {
  test::body body(R"({"name":"x","home":{")" + std::string(65, 'n') + R"(":1}})");
  std::array<field_value, 5> values{};
  std::vector<field_error> errors;
  BOOST_TEST(read_json_object(body, nested_rules, values, errors).has_value());
  BOOST_TEST(test::summary(errors) == "/home unknown_field");
}

BOOST_AUTO_TEST_CASE(rows_of_an_array_can_be_read_one_by_one) {
  // As a bulk call does it: an outer reader hands the events of each row to a reader of its own.
  class rows final : public json_events {
  public:
    void key(std::string_view name) override { row->key(name); }
    void scalar(json_kind kind, std::string_view text) override {
      if (depth == 1) begin();
      row->scalar(kind, text);
    }
    void open(json_kind kind) override {
      if (depth++ == 0) return;
      if (depth == 2) begin();
      row->open(kind);
    }
    void close() override {
      if (--depth == 0) return;
      row->close();
      if (depth == 1) all += test::summary(errors) + "|";
    }
    void begin() {
      values = {};
      errors.clear();
      row.emplace(rules, values, errors);
    }
    int depth = 0;
    std::array<field_value, 3> values{};
    std::vector<field_error> errors;
    std::optional<json_fields> row;
    std::string all;
  };
  test::body body(R"([{"name":"x"},{"other":[{}]},[{"name":1}],{"name":"y","name":"z"}])");
  rows reader;
  BOOST_TEST(parse_json(body, reader).has_value());
  BOOST_TEST(reader.all == "|/other unknown_field; /name required| wrong_type|/name duplicate_field|");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers
