#include "handlers/text/json_writer.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <limits>
#include <string>

namespace invited::handlers {
namespace {

BOOST_AUTO_TEST_SUITE(text_json_writer)

BOOST_AUTO_TEST_CASE(brackets_and_commas) {
  std::string out = ">";
  json_writer to(out);
  to.open_object();
  to.member("a", 1);
  to.name("empty");
  to.open_array();
  to.close_array();
  to.name("list");
  to.open_array();
  for (int i = 0; i < 2; ++i) {
    to.open_object();
    to.member("i", i);
    to.close_object();
  }
  to.close_array();
  to.member("b", "x");
  to.close_object();
  BOOST_TEST(out == R"(>{"a":1,"empty":[],"list":[{"i":0},{"i":1}],"b":"x"})");
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_null) {
  std::string out;
  json_writer to(out);
  to.open_object();
  to.member("text", "");
  to.member("number", std::optional<std::int64_t>{});
  to.null_member("nothing");
  to.member("texts", text_members{{"a", ""}, {"b", "x"}});
  to.close_object();
  BOOST_TEST(out == R"({"text":null,"number":null,"nothing":null,"texts":{"a":null,"b":"x"}})");
}

BOOST_AUTO_TEST_CASE(an_empty_text_may_be_a_string) {
  std::string out;
  json_writer to(out);
  to.open_object();
  to.text_member("a", "");
  to.name("b");
  to.text("");
  to.name("list");
  to.open_array();
  to.text("");
  to.text("x");
  to.close_array();
  to.close_object();
  BOOST_TEST(out == R"({"a":"","b":"","list":["","x"]})");
}

BOOST_AUTO_TEST_CASE(a_document_may_be_deeper_than_usual) {
  constexpr std::size_t depth = 1000;
  std::string out;
  json_writer to(out);
  for (std::size_t i = 0; i < depth; ++i) to.open_array();
  for (std::size_t i = 0; i < depth; ++i) to.close_array();
  BOOST_TEST(out == std::string(depth, '[') + std::string(depth, ']'));
}

BOOST_AUTO_TEST_CASE(a_value_may_be_written_apart) {
  std::string list, out;
  json_writer apart(list), to(out);
  to.open_object();
  to.name("list");
  BOOST_CHECK_THROW(to.value_of(apart), rapidjson_fault); // nothing yet
  apart.open_array();
  apart.text("a");
  BOOST_CHECK_THROW(to.value_of(apart), rapidjson_fault);
  apart.close_array();
  to.value_of(apart);
  to.close_object();
  BOOST_TEST(out == R"({"list":["a"]})");
  json_writer nameless(out);
  nameless.open_object();
  BOOST_CHECK_THROW(nameless.value_of(apart), rapidjson_fault);
}

BOOST_AUTO_TEST_CASE(numbers) {
  using limits = std::numeric_limits<std::int64_t>;
  std::string out;
  json_writer to(out);
  to.open_object();
  to.member("min", limits::min());
  to.member("max", limits::max());
  to.number_member("share", "0.5000");
  to.number_member("rate", 0.1);
  to.number_member("count", std::numeric_limits<std::uint64_t>::max());
  to.close_object();
  BOOST_TEST(out == R"({"min":-9223372036854775808,"max":9223372036854775807,"share":0.5000,"rate":0.1,)"
                    R"("count":18446744073709551615})");
}

BOOST_AUTO_TEST_CASE(names_and_texts_are_escaped_as_everywhere) {
  const std::string hostile("\"\\\0\x1f\x7f\n/</script>Zo\xC3\xAB", 20);
  std::string quoted, out;
  append_json_string(quoted, hostile);
  json_writer to(out);
  to.open_object();
  to.member(hostile, hostile);
  to.close_object();
  BOOST_TEST(out == "{" + quoted + ":" + quoted + "}");
  BOOST_TEST(out.find('<') == out.npos);
}

BOOST_AUTO_TEST_CASE(what_is_out_of_order_throws) {
  std::string out;
  json_writer unopened(out);
  BOOST_CHECK_THROW(unopened.close_object(), rapidjson_fault);
  json_writer unnamed(out);
  unnamed.open_object();
  BOOST_CHECK_THROW(unnamed.open_array(), rapidjson_fault);
  json_writer unfinished(out);
  unfinished.open_object();
  unfinished.name("a");
  BOOST_CHECK_THROW(unfinished.close_object(), rapidjson_fault);
  json_writer second(out);
  second.text("a");
  BOOST_CHECK_THROW(second.text("b"), rapidjson_fault);
  json_writer crossed(out);
  crossed.open_array();
  BOOST_CHECK_THROW(crossed.close_object(), rapidjson_fault);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
