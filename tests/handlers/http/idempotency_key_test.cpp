#include "handlers/http/idempotency_key.hpp"

#include "tests/handlers/fields/body.hpp"

namespace invited::handlers {

namespace {

std::string read(std::string_view field) {
  const auto key = read_idempotency_key(field);
  if (key) return *key;
  test::check_proper(key.error());
  BOOST_TEST(key.error().code == "invalid_idempotency_key");
  return "refused";
}

} // namespace

BOOST_AUTO_TEST_SUITE(input_idempotency_key)

BOOST_AUTO_TEST_CASE(both_spellings_are_one_key) {
  for (const std::string_view key :
       {"a", "8e03978e-40d5-43e8-bc93-6894a57f9324", "!~", "a,b;c=d", "x\\y", "mid\"quote"}) {
    std::string quoted = "\"";
    for (const char c : key) (c == '"' || c == '\\' ? quoted += '\\' : quoted) += c;
    quoted += '"';
    BOOST_TEST_CONTEXT(key) {
      BOOST_TEST(read(key) == key);
      BOOST_TEST(read(quoted) == key);
    }
  }
}

BOOST_AUTO_TEST_CASE(no_field_is_no_key_but_an_empty_field_is_a_mistake) {
  request r;
  BOOST_TEST(idempotency_key_of(r).value() == "");
  std::string_view& field = r.fields[static_cast<std::size_t>(field::idempotency_key)];
  field = "";
  BOOST_TEST(idempotency_key_of(r).has_error());
  field = "k";
  BOOST_TEST(idempotency_key_of(r).value() == "k");
}

BOOST_AUTO_TEST_CASE(length_counts_without_the_quotes) {
  const std::string longest(255, 'k');
  BOOST_TEST(read(longest) == longest);
  BOOST_TEST(read('"' + longest + '"') == longest);
  BOOST_TEST(read(longest + 'k') == "refused");
  BOOST_TEST(read('"' + longest + "k\"") == "refused");
}

BOOST_AUTO_TEST_CASE(refusals) {
  for (const std::string_view field :
       {"",      "\"\"",     "\"",      "\"a",      "\"a\"b",       "\"a\";p=1", "\"a\", \"b\"",
        "\"a\\", "\"a\\b\"", "\"a\\\"", "a b",      "\"a b\"",      "a, b",      " ",
        "\t",    "a\x7F",    "a\x01",   "\xC3\xA9", "\"\xC3\xA9\"", "\"a\nb\""})
    BOOST_TEST_CONTEXT(field) {
      BOOST_TEST(read(field) == "refused");
    }
  BOOST_TEST(read(std::string_view("a\0b", 3)) == "refused");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::handlers
