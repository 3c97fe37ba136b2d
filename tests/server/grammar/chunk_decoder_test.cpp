#include "server/grammar/chunk_decoder.hpp"
#include "tests/server/grammar/law.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>
#include <string>
#include <vector>

namespace invited::server {
namespace {

using namespace std::string_literals;

struct outcome {
  std::optional<refused> error{};
  std::string content{};
  std::size_t taken = 0;
  bool done = false;
};

outcome decode(const std::string& bytes, std::size_t piece, std::uint64_t limit = 1000) {
  chunk_decoder decoder;
  decoder.reset(limit);
  outcome o;
  for (std::size_t at = 0; at < bytes.size() && !decoder.done(); at += piece) {
    const auto taken = decoder.feed(std::string_view{bytes}.substr(at, piece), o.content);
    if (!taken) {
      o.error = taken.error();
      return o;
    }
    o.taken += *taken;
  }
  o.done = decoder.done();
  return o;
}

} // namespace

BOOST_AUTO_TEST_SUITE(chunks)

BOOST_AUTO_TEST_CASE(good) {
  struct row {
    std::string bytes, content;
  };
  for (const auto& r : std::vector<row>{
           {"0\r\n\r\n", ""},
           {"00000\r\n\r\n", ""},
           {"5\r\nhello\r\n0\r\n\r\n", "hello"},
           {"A\r\n0123456789\r\n0\r\n\r\n", "0123456789"},
           {"a\r\n0123456789\r\n1\r\n\n\r\n0\r\n\r\n", "0123456789\n"},
           {"0000000000000005\r\nhello\r\n0\r\n\r\n", "hello"},
           {"5;a=b\r\nhello\r\n0;c\r\n\r\n", "hello"},
           {"5 ; a = \"b;c\"\r\nhello\r\n0\r\n\r\n", "hello"},
           {"2\r\n\r\n\r\n0\r\n\r\n", "\r\n"},
           {"0\r\nA: b\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", ""},
           {"0\r\nA:\r\n\r\n", ""},
       }) {
    for (std::size_t piece = 1; piece <= r.bytes.size(); ++piece) {
      BOOST_TEST_CONTEXT(r.bytes << " in pieces of " << piece) {
        const auto o = decode(r.bytes, piece);
        BOOST_TEST(!o.error.has_value());
        BOOST_TEST(o.done);
        BOOST_TEST(o.content == r.content);
      }
    }
    const auto more = decode(r.bytes + "GET /", 10'000);
    BOOST_TEST(more.done);
    BOOST_TEST(more.taken == r.bytes.size());
  }
}

BOOST_AUTO_TEST_CASE(bad) {
  for (const auto& bytes : std::vector<std::string>{"\r\n",
                                                    "x\r\n",
                                                    " 5\r\n",
                                                    "5 \r\n",
                                                    "5\t\r\n",
                                                    "0x5\r\n",
                                                    "+5\r\n",
                                                    "-5\r\n",
                                                    "5,\r\n",
                                                    "5.\r\n",
                                                    "5\n",
                                                    "5\rx",
                                                    "5\r\r\n",
                                                    ";a\r\n",
                                                    "5;\r\n",
                                                    "5;;a\r\n",
                                                    "5;a\n",
                                                    "5;a\rb",
                                                    "5;a=\x01\r\n",
                                                    "5;a=\0\r\n"s,
                                                    "5 x\r\n",
                                                    "1\r\nab\r\n",
                                                    "1\r\na\n",
                                                    "1\r\na\rb",
                                                    "1\r\na0\r\n",
                                                    "00000000000000005\r\n",
                                                    "10000000000000000\r\n",
                                                    "fffffffffffffffff\r\n",
                                                    "0\r\n\n",
                                                    "0\r\nx",
                                                    "0\r\nA b: c\r\n",
                                                    "0\r\nA : b\r\n",
                                                    "0\r\n: b\r\n",
                                                    "0\r\nA: b\n",
                                                    "0\r\nA: b\r\n c\r\n",
                                                    "0\r\nA: \x7f\r\n",
                                                    "0\r\n\rx",
                                                    "0\n\n",
                                                    "0\r\nA\r\n"}) {
    for (const std::size_t piece : {std::size_t{1}, bytes.size()}) {
      BOOST_TEST_CONTEXT(bytes << " in pieces of " << piece) {
        // "0\r\nx" and its like are refused no later than where they break the grammar
        const auto o = decode(bytes + "\r\n\r\n", piece);
        BOOST_TEST_REQUIRE(o.error.has_value());
        BOOST_TEST(*o.error == refused::chunk);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(limits) {
  BOOST_TEST(!decode("5\r\nhello\r\n0\r\n\r\n", 100, 5).error.has_value());
  BOOST_TEST((decode("5\r\nhello\r\n0\r\n\r\n", 100, 4).error == refused::content_too_large));
  BOOST_TEST((decode("3\r\nabc\r\n3\r\nabc\r\n", 100, 5).error == refused::content_too_large));
  BOOST_TEST((decode("ffffffffffffffff\r\n", 100).error == refused::content_too_large));
  BOOST_TEST(decode("6\r\nabc", 100, 5).content.empty()); // refused before a byte is kept

  const std::string extension(4000, 'x');
  BOOST_TEST(!decode("0;" + extension + "\r\n\r\n", 100).error.has_value());
  BOOST_TEST((decode("0;" + extension + extension, 100).error == refused::chunk));
  std::string many; // the sum of all chunks counts
  for (int i = 0; i < 3000; ++i) many += "1;x\r\na\r\n";
  BOOST_TEST((decode(many, 100, 10'000).error == refused::chunk));
  BOOST_TEST((decode("0\r\nA: " + std::string(5000, 'x'), 100).error == refused::chunk));
}

BOOST_AUTO_TEST_CASE(a_decoder_is_used_again) {
  chunk_decoder decoder;
  std::string out;
  decoder.reset(3);
  BOOST_TEST(!decoder.feed("4\r\n", out).has_value());
  decoder.reset(3);
  BOOST_TEST(!decoder.done());
  BOOST_TEST(decoder.feed("3\r\nabc\r\n0\r\n\r\n", out).has_value());
  BOOST_TEST(decoder.done());
  BOOST_TEST(out == "abc");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
