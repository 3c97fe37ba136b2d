#include "store/resp/reply.hpp"

#include "tests/store/resp/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>
#include <string>
#include <utility>

using namespace invited::store::redis;
using invited::test::parse;
using invited::test::show;

BOOST_AUTO_TEST_SUITE(store_resp_reply)

BOOST_AUTO_TEST_CASE(nothing_reads_as_nil) {
  const reply nothing;
  BOOST_TEST(nothing.is_nil());
  BOOST_TEST(nothing.integer() == 0);
  BOOST_TEST(nothing.text() == "");
  BOOST_TEST(nothing.size() == 0u);
  BOOST_TEST(nothing.code() == "");
  BOOST_TEST(nothing.at(0).at(7).at(std::numeric_limits<std::size_t>::max()).is_nil());
  BOOST_TEST((nothing.begin() == nothing.end()));
  BOOST_TEST((node().begin() == node().end()));
}

BOOST_AUTO_TEST_CASE(accessors_of_another_kind_say_nothing) {
  const reply number = parse(":7\r\n"), text = parse("$3\r\n123\r\n"), array = parse("*1\r\n:1\r\n");
  BOOST_TEST(number.text() == "");
  BOOST_TEST(number.size() == 0u);
  BOOST_TEST(text.integer() == 0);
  BOOST_TEST(text.at(0).is_nil());
  BOOST_TEST(array.integer() == 0);
  BOOST_TEST(array.text() == "");
  BOOST_TEST(array.at(1).is_nil());
  BOOST_TEST(array.at(0).at(0).is_nil());
}

BOOST_AUTO_TEST_CASE(nested_arrays_by_index_and_by_iterator) {
  const reply r = parse("*5\r\n:1\r\n*2\r\n+a\r\n*2\r\n$1\r\nb\r\n*0\r\n*-1\r\n*1\r\n$-1\r\n-ERR x\r\n");
  BOOST_TEST(show(r) == R"([1, [+a, ["b", []]], nil, [nil], -ERR x])");
  BOOST_TEST(r.size() == 5u);
  BOOST_TEST(r.at(0).integer() == 1);
  BOOST_TEST(r.at(1).size() == 2u);
  BOOST_TEST(r.at(1).at(0).text() == "a");
  BOOST_TEST(r.at(1).at(1).at(0).text() == "b");
  BOOST_TEST((r.at(1).at(1).at(1).kind() == kind::array));
  BOOST_TEST(r.at(1).at(1).at(1).size() == 0u);
  BOOST_TEST(r.at(2).is_nil());
  BOOST_TEST(r.at(3).at(0).is_nil());
  BOOST_TEST(r.at(4).text() == "ERR x");
  BOOST_TEST(r.at(5).is_nil());
}

BOOST_AUTO_TEST_CASE(an_array_of_empty_arrays_is_flat) {
  const reply r = parse("*3\r\n*0\r\n*0\r\n:9\r\n");
  BOOST_TEST(r.at(2).integer() == 9);
  BOOST_TEST(show(r) == "[[], [], 9]");
}

BOOST_AUTO_TEST_CASE(moved_from_is_nil_and_copies_are_deep) {
  reply r = parse("*2\r\n$40\r\n0123456789012345678901234567890123456789\r\n:3\r\n");
  const reply copy = r;
  const std::string shown = show(r);
  const reply taken = std::move(r);
  BOOST_TEST(show(taken) == shown);
  BOOST_TEST(r.is_nil()); // NOLINT: promised
  BOOST_TEST(r.size() == 0u);
  r = parse("+OK\r\n");
  BOOST_TEST(show(r) == "+OK");
  r = std::move(copy);
  BOOST_TEST(show(r) == shown);
}

BOOST_AUTO_TEST_CASE(code_is_an_errors_first_word_and_nothing_else) {
  const struct {
    std::string_view wire, code;
  } cases[] = {{"-NOSCRIPT No matching script.\r\n", "NOSCRIPT"},
               {"-OOM\r\n", "OOM"},
               {"-ERR unknown 'secret'\r\n", "ERR"},
               {"-\r\n", ""},
               {"- X\r\n", ""},
               {"-jane@example.org is wrong\r\n", ""},
               {"+NOSCRIPT\r\n", ""},
               {"$3\r\nOOM\r\n", ""}};
  for (const auto& c : cases) BOOST_TEST_CONTEXT(c.wire) {
      BOOST_TEST(parse(c.wire).code() == c.code);
    }
}

BOOST_AUTO_TEST_CASE(builder_keeps_its_limits) {
  reply_builder b(3, 10);
  BOOST_TEST(!b.open_array(4));
  b.clear();
  BOOST_TEST(b.open_array(3));
  BOOST_TEST(b.open_array(1));
  BOOST_TEST(b.add_text(kind::bulk, "12345"));
  BOOST_TEST(b.add_nil());
  BOOST_TEST(!b.add_nil()); // the fourth below the root
  b.clear();
  BOOST_TEST(b.open_array(2));
  BOOST_TEST(b.add_text(kind::bulk, "1234567890"));
  BOOST_TEST(!b.add_text(kind::bulk, "1"));
  b.clear();
  BOOST_TEST(b.add_integer(5));
  BOOST_TEST(!b.add_integer(6)); // the reply is already whole
  BOOST_TEST(show(b.take()) == "5");
  BOOST_TEST(b.add_text(kind::status, "OK"));
  BOOST_TEST(show(b.take()) == "+OK");
}

BOOST_AUTO_TEST_SUITE_END()
