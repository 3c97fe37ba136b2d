#include "store/resp/reply_reader.hpp"

#include "tests/store/resp/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace invited::store::redis;
using invited::test::parse;

BOOST_AUTO_TEST_SUITE(store_resp_reply_reader)

BOOST_AUTO_TEST_CASE(reads_forward_whatever_is_there) {
  const reply r = parse("*6\r\n$4\r\ndone\r\n:7\r\n$0\r\n\r\n*2\r\n+a\r\n*1\r\n:-1\r\n$-1\r\n$1\r\nz\r\n");
  reply_reader read(r);
  BOOST_TEST(read.word() == "done");
  BOOST_TEST(read.number() == 7);
  BOOST_TEST(read.text() == "");
  {
    reply_reader row = read.row();
    BOOST_TEST(row.word() == "a");
    BOOST_TEST(row.row().number() == -1);
    BOOST_TEST(!row.more());
  }
  BOOST_TEST(!read.text_or_nil().has_value());
  BOOST_TEST(read.more());
  BOOST_TEST(read.text_or_nil().value() == "z");
  BOOST_TEST(!read.more());
  BOOST_TEST(!read.failed());
}

BOOST_AUTO_TEST_CASE(what_nobody_reads_does_not_matter) {
  const reply r = parse("*2\r\n:1\r\n*1\r\n$3\r\nodd\r\n");
  reply_reader read(r);
  BOOST_TEST(read.number() == 1);
  BOOST_TEST(!read.failed());
}

BOOST_AUTO_TEST_CASE(only_an_array_can_be_read) {
  for (const char* bytes : {"$-1\r\n", "*-1\r\n", ":1\r\n", "+OK\r\n", "$2\r\nok\r\n", "-ERR x\r\n"}) {
    BOOST_TEST_CONTEXT(bytes) {
      const reply r = parse(bytes);
      reply_reader read(r);
      BOOST_TEST(read.failed());
      BOOST_TEST(!read.more());
      BOOST_TEST(read.word() == "");
      BOOST_TEST(read.row().number() == 0);
    }
  }
  const reply empty = parse("*0\r\n");
  BOOST_TEST(!reply_reader(empty).failed());
}

BOOST_AUTO_TEST_CASE(a_value_of_another_type_reads_as_nothing_and_fails) {
  const struct {
    const char* element;
    bool word, text, text_or_nil, number, row; ///< whether it can be read as that
  } cases[] = {
      {"$1\r\na\r\n", true, true, true, false, false},    {"+a\r\n", true, true, true, false, false},
      {"$0\r\n\r\n", false, true, true, false, false},    {":1\r\n", false, false, false, true, false},
      {"$-1\r\n", false, false, true, false, false},      {"*0\r\n", false, false, false, false, true},
      {"-ERR no\r\n", false, false, false, false, false}, {"*1\r\n:1\r\n", false, false, false, false, true}};
  for (const auto& c : cases) {
    BOOST_TEST_CONTEXT(c.element) {
      const reply r = parse("*1\r\n" + std::string(c.element));
      reply_reader word(r), text(r), text_or_nil(r), number(r), row(r);
      BOOST_TEST((word.word() != "") == c.word);
      BOOST_TEST(word.failed() == !c.word);
      BOOST_TEST(text.text().size() <= 1U);
      BOOST_TEST(text.failed() == !c.text);
      BOOST_TEST(text_or_nil.text_or_nil().value_or("").size() <= 1U);
      BOOST_TEST(text_or_nil.failed() == !c.text_or_nil);
      BOOST_TEST((number.number() != 0) == c.number);
      BOOST_TEST(number.failed() == !c.number);
      row.row();
      BOOST_TEST(row.failed() == !c.row);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_missing_value_reads_as_nothing_and_fails) {
  const reply r = parse("*1\r\n:1\r\n");
  const auto fails_after_the_last = [&r](auto read_one) {
    reply_reader read(r);
    read.number();
    BOOST_TEST(!read.failed());
    read_one(read);
    BOOST_TEST(read.failed());
    BOOST_TEST(!read.more());
  };
  fails_after_the_last([](reply_reader& read) { BOOST_TEST(read.word() == ""); });
  fails_after_the_last([](reply_reader& read) { BOOST_TEST(read.text() == ""); });
  fails_after_the_last([](reply_reader& read) { BOOST_TEST(!read.text_or_nil().has_value()); });
  fails_after_the_last([](reply_reader& read) { BOOST_TEST(read.number() == 0); });
  fails_after_the_last([](reply_reader& read) { BOOST_TEST(!read.row().more()); });
}

BOOST_AUTO_TEST_CASE(a_failure_in_a_row_is_the_readers_and_ends_its_loops) {
  const reply r = parse("*2\r\n*3\r\n*1\r\n:1\r\n*1\r\n+x\r\n*1\r\n:3\r\n:4\r\n");
  reply_reader read(r);
  std::vector<std::int64_t> numbers;
  for (reply_reader rows = read.row(); rows.more();) numbers.push_back(rows.row().number());
  const std::vector<std::int64_t> until_then = {1, 0};
  BOOST_TEST(numbers == until_then, boost::test_tools::per_element());
  BOOST_TEST(read.failed());
  BOOST_TEST(read.number() == 4); // it stays failed, and in its place
  BOOST_TEST(read.failed());
}

BOOST_AUTO_TEST_SUITE_END()
