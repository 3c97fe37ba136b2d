#include "store/resp/resp_reader.hpp"

#include "tests/store/resp/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace invited::store::redis;
using invited::test::show;
using outcome = resp_reader::outcome;

namespace {

const std::string stream = std::string("+OK\r\n"
                                       ":-9223372036854775808\r\n"
                                       "-ERR what's up\r\n"
                                       "$0\r\n\r\n"
                                       "$-1\r\n"
                                       "*-1\r\n"
                                       "*0\r\n"
                                       "$8\r\na\r\nb") +
                           '\0' +
                           "$1\r\r\n"
                           "*3\r\n:1\r\n*2\r\n$2\r\nxy\r\n$-1\r\n+z\r\n"
                           "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:7\r\n"
                           "+last\r\n";

const std::vector<std::string> expected = {"+OK",
                                           "-9223372036854775808",
                                           "-ERR what's up",
                                           "\"\"",
                                           "nil",
                                           "nil",
                                           "[]",
                                           std::string("\"a\r\nb\0$1\r\"", 10),
                                           R"([1, ["xy", nil], +z])",
                                           "[[[[[[[7]]]]]]]",
                                           "+last"};

/// Adds every reply that is complete by now.
outcome drain(resp_reader& reader, std::vector<std::string>& out) {
  while (true) {
    reply r;
    const outcome o = reader.next(r);
    if (o != outcome::reply) return o;
    out.push_back(show(r));
  }
}

} // namespace

BOOST_AUTO_TEST_SUITE(store_resp_reader)

BOOST_AUTO_TEST_CASE(reads_a_stream_in_one_piece) {
  resp_reader reader;
  std::vector<std::string> got;
  reader.feed(stream);
  BOOST_TEST((drain(reader, got) == outcome::more));
  BOOST_TEST(got == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(reads_a_stream_cut_at_every_place) {
  const std::string& all = stream;
  for (std::size_t cut = 0; cut <= all.size(); ++cut) {
    BOOST_TEST_CONTEXT("cut after " << cut) {
      resp_reader reader;
      std::vector<std::string> got;
      reader.feed(all.substr(0, cut));
      BOOST_TEST((drain(reader, got) == outcome::more));
      reader.feed(all.substr(cut));
      BOOST_TEST((drain(reader, got) == outcome::more));
      BOOST_TEST(got == expected, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(reads_a_stream_in_pieces_of_every_size) {
  const std::string& all = stream;
  for (std::size_t size = 1; size < 40; ++size) {
    BOOST_TEST_CONTEXT("pieces of " << size) {
      resp_reader reader;
      std::vector<std::string> got;
      for (std::size_t i = 0; i < all.size(); i += size) {
        reader.feed(all.substr(i, size));
        BOOST_TEST((drain(reader, got) == outcome::more));
      }
      BOOST_TEST(got == expected, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(protocol_errors_are_for_good) {
  const std::string_view cases[] = {
      "x",
      "HTTP/1.1 400 Bad Request\r\n",
      "\r\n",
      ":abc\r\n",
      ":\r\n",
      ":99999999999999999999\r\n",
      "$x\r\n",
      "$-2\r\n",
      "$99999999999999999999\r\n",
      "*-2\r\n",
      "*2147483648\r\n",
      "*99999999999999999999\r\n",
      "*2\r\n:1\r\nx",
      std::string_view("\0", 1),
      // RESP3, which hiredis 1.x reads
      ",1.5\r\n",
      "#t\r\n",
      "_\r\n",
      "(123\r\n",
      "=5\r\ntxt:a\r\n",
      "%1\r\n+a\r\n:1\r\n",
      "~1\r\n:1\r\n",
      ">1\r\n:1\r\n",
      "*1\r\n%0\r\n",
      "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n",
  };
  for (const std::string_view c : cases) {
    BOOST_TEST_CONTEXT(c) {
      resp_reader reader;
      reply r;
      reader.feed("+OK\r\n");
      reader.feed(c);
      BOOST_TEST((reader.next(r) == outcome::reply));
      BOOST_TEST((reader.next(r) == outcome::broken));
      BOOST_TEST(!reader.error().empty());
      reader.feed("+OK\r\n");
      BOOST_TEST((reader.next(r) == outcome::broken));
      BOOST_TEST(!reader.error().empty());
      reader.reset();
      BOOST_TEST(reader.error().empty());
      reader.feed("+again\r\n");
      BOOST_TEST((reader.next(r) == outcome::reply));
      BOOST_TEST(show(r) == "+again");
    }
  }
}

BOOST_AUTO_TEST_CASE(nesting_ends_at_our_own_depth) {
  const auto arrays = [](std::size_t depth, std::string_view innermost) {
    std::string out;
    for (std::size_t i = 0; i < depth; ++i) out += "*1\r\n";
    return out.append(innermost);
  };
  const struct {
    std::string_view what;
    std::string bytes;
    outcome result;
  } cases[] = {
      {"seven arrays", arrays(7, ":1\r\n"), outcome::reply},
      {"a nil array in seven", arrays(7, "*-1\r\n"), outcome::reply},
      {"an array in seven", arrays(8, ":1\r\n"), outcome::broken},
      {"an empty array in seven", arrays(7, "*0\r\n"), outcome::broken},
      {"very many", arrays(100'000, ""), outcome::broken},
      {"many beside each other", "*9\r\n" + arrays(6, ":1\r\n") + arrays(6, ":1\r\n"), outcome::more},
  };
  for (const auto& c : cases) {
    BOOST_TEST_CONTEXT(c.what) {
      resp_reader reader;
      reply r;
      reader.feed(c.bytes);
      BOOST_TEST((reader.next(r) == c.result));
      BOOST_TEST(reader.error() == (c.result == outcome::broken ? "reply is nested too deeply" : ""));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_reply_has_a_largest_size) {
  const resp_limits small{.bytes = 1000, .values = 10};
  const std::string long_text = "$900\r\n" + std::string(900, 'x') + "\r\n";
  const struct {
    std::string_view what;
    std::string bytes;
    outcome result;
  } cases[] = {
      {"a text within", long_text, outcome::reply},
      {"a text beyond", "$1001\r\n" + std::string(1001, 'x') + "\r\n", outcome::broken},
      {"a text that does not end", "$2000000000\r\n" + std::string(1033, 'x'), outcome::broken},
      {"a line that does not end", "+" + std::string(1033, 'x'), outcome::broken},
      {"a line beyond", "+" + std::string(1001, 'x') + "\r\n", outcome::broken},
      {"texts that are too much together", "*2\r\n" + long_text + long_text, outcome::broken},
      {"an array within", "*9\r\n:1\r\n", outcome::more},
      {"an array beyond", "*11\r\n", outcome::broken},
      {"a huge array", "*2147483647\r\n", outcome::broken},
      {"arrays that are too many together",
       "*3\r\n*5\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n*5\r\n:1\r\n:1\r\n:1\r\n:1\r\n", outcome::broken},
  };
  for (const auto& c : cases) {
    BOOST_TEST_CONTEXT(c.what) {
      resp_reader reader(small);
      reply r;
      reader.feed(c.bytes);
      BOOST_TEST((reader.next(r) == c.result));
      BOOST_TEST(reader.error() == (c.result == outcome::broken ? "reply is too large" : ""));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_text_of_the_largest_size_may_come_byte_by_byte) {
  for (const std::string head : {"$1000\r\n", "+", "*1\r\n$1000\r\n"}) {
    BOOST_TEST_CONTEXT(head) {
      resp_reader reader({.bytes = 1000, .values = 10});
      const std::string bytes = head + std::string(1000, 'x') + "\r\n";
      std::vector<std::string> got;
      for (const char& byte : bytes) {
        reader.feed({&byte, 1});
        BOOST_REQUIRE((drain(reader, got) == outcome::more));
      }
      BOOST_TEST(got.size() == 1);
    }
  }
}

BOOST_AUTO_TEST_CASE(large_replies_between_small_ones) {
  resp_reader reader;
  reply r;
  for (int round = 0; round < 3; ++round) {
    const std::string large(3 << 20, static_cast<char>('a' + round));
    reader.feed("$" + std::to_string(large.size()) + "\r\n");
    BOOST_TEST((reader.next(r) == outcome::more));
    reader.feed(large);
    BOOST_TEST((reader.next(r) == outcome::more));
    reader.feed("\r\n:1\r\n");
    BOOST_TEST((reader.next(r) == outcome::reply));
    BOOST_TEST((r.text() == large));
    BOOST_TEST((reader.next(r) == outcome::reply));
    BOOST_TEST(r.integer() == 1);
  }
}

BOOST_AUTO_TEST_CASE(reset_in_the_middle_of_an_array_forgets_it) {
  resp_reader reader;
  reply r;
  reader.feed("*3\r\n:1\r\n$5\r\nab");
  BOOST_TEST((reader.next(r) == outcome::more));
  reader.reset();
  reader.feed("*1\r\n:2\r\n");
  BOOST_TEST((reader.next(r) == outcome::reply));
  BOOST_TEST(show(r) == "[2]");
}

BOOST_AUTO_TEST_SUITE_END()
