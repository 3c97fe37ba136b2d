#include "handlers/fields/fields.hpp"

#include "tests/handlers/fields/body.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace invited::handlers {

namespace {

constexpr std::array<field_rule, 3> rules{
    {{.name = "a", .required = true}, {.name = "b"}, {.name = "c", .required = true}}};

} // namespace

BOOST_AUTO_TEST_SUITE(input_fields)

BOOST_AUTO_TEST_CASE(integers_saturate_and_nothing_else_is_one) {
  struct {
    std::string_view text;
    std::int64_t number;
  } const good[] = {
      {"0", 0},
      {"-0", 0},
      {"007", 7},
      {"-12", -12},
      {"9223372036854775807", INT64_MAX},
      {"9223372036854775808", INT64_MAX},
      {"-9223372036854775808", INT64_MIN},
      {"-9223372036854775809", INT64_MIN},
      {"99999999999999999999999999999999999999", INT64_MAX},
      {"-99999999999999999999999999999999999999", INT64_MIN},
  };
  for (const auto& c : good) BOOST_TEST_CONTEXT(c.text) {
      std::int64_t number = 42;
      BOOST_TEST(read_integer(c.text, number));
      BOOST_TEST(number == c.number);
    }
  for (const std::string_view text :
       {"", "-", "+1", "1.0", "1e3", " 1", "1 ", "0x10", "--1", "1-", "NaN", "\xD9\xA1"}) {
    std::int64_t number = 42;
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(!read_integer(text, number));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_whole_number_of_json_is_one_in_every_spelling) {
  const struct {
    std::string_view text;
    std::int64_t number;
  } good[] = {
      {"3600", 3600},
      {"3600.0", 3600},
      {"3600.000000000000000000000000", 3600},
      {"36e2", 3600},
      {"3.6e3", 3600},
      {"3.6E+3", 3600},
      {"36000e-1", 3600},
      {"-36000.00e-1", -3600},
      {"0.0036e6", 3600},
      {"0.0", 0},
      {"-0.0", 0},
      {"0e999999999999999999999", 0},
      {"0e-999999999999999999999", 0},
      {"1e18", 1'000'000'000'000'000'000},
      {"9.223372036854775807e18", INT64_MAX},
      {"1e19", INT64_MAX},
      {"-1e19", -INT64_MAX},
      {"1e999999999999999999999", INT64_MAX},
      {"123456789012345678901234567890.0", INT64_MAX},
  };
  for (const auto& c : good) BOOST_TEST_CONTEXT(c.text) {
      std::int64_t number = 42;
      BOOST_TEST(read_json_integer(c.text, number));
      BOOST_TEST(number == c.number);
    }
  for (const std::string_view text : {"0.5", "3600.1", "3600.00000000000000000000000001", "1e-1", "36e-2",
                                      "-0.1", "1e-999999999999999999999", "10.5e-1"}) {
    std::int64_t number = 42;
    BOOST_TEST_CONTEXT(text) BOOST_TEST(!read_json_integer(text, number));
  }
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_in_a_name_is_named) {
  std::vector<field_error> errors;
  note_unknown(errors, "\xEF\xBB\xBF"
                       "a");
  note_unknown(errors, "b");
  BOOST_TEST(errors[0].message.find("U+FEFF") != std::string::npos);
  BOOST_TEST(errors[1].message.find("U+FEFF") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(pointers_escape_what_rfc_6901_escapes) {
  BOOST_TEST(pointer_to("email") == "/email");
  BOOST_TEST(pointer_to("") == "/");
  BOOST_TEST(pointer_to("a/b~c") == "/a~1b~0c");
  BOOST_TEST(pointer_to("~1") == "/~01");
}

BOOST_AUTO_TEST_CASE(finds_rules_by_exact_name) {
  BOOST_TEST(find_rule(rules, "a") == 0U);
  BOOST_TEST(find_rule(rules, "c") == 2U);
  for (const std::string_view name : {"", "A", "aa", "d"}) BOOST_TEST(find_rule(rules, name) == rules.size());
}

BOOST_AUTO_TEST_CASE(missing_means_required_and_unseen) {
  std::array<field_value, 3> values{};
  std::vector<field_error> errors;
  values[0].seen = true;
  note_missing(rules, values, errors);
  BOOST_TEST(test::summary(errors) == "/c required");
}

BOOST_AUTO_TEST_CASE(errors_of_names_are_bounded) {
  std::vector<field_error> errors;
  for (int i = 0; i < 1000; ++i) i % 2 == 0 ? note_unknown(errors, "x") : note_duplicate(errors, "a");
  BOOST_TEST(errors.size() == most_name_errors);
  std::array<field_value, 3> values{};
  note_missing(rules, values, errors);
  BOOST_TEST(errors.size() == most_name_errors + 2);
}

BOOST_AUTO_TEST_CASE(a_long_unknown_name_is_not_sent_back) {
  std::vector<field_error> errors;
  note_unknown(errors, std::string(64, 'x'));
  note_unknown(errors, std::string(65, 'x'));
  BOOST_TEST(errors[0].pointer.size() == 65U);
  BOOST_TEST(errors[1].pointer.empty());
}

BOOST_AUTO_TEST_CASE(problems) {
  const problem bad = malformed("malformed_json", 17, "this is not UTF-8.");
  BOOST_TEST(bad.status == 400U);
  BOOST_TEST(bad.code == "malformed_json");
  BOOST_TEST(bad.detail == "At byte 17: this is not UTF-8.");
  std::vector<field_error> errors;
  note_unknown(errors, "x");
  const problem wrong = invalid_content(errors);
  BOOST_TEST(wrong.status == 422U);
  BOOST_TEST(wrong.code == "invalid_content");
  BOOST_TEST(test::summary(wrong.errors) == "/x unknown_field");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers
