#include "tests/server/grammar/law.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace invited::server {
namespace {

using namespace std::string_literals;
using std::string_view;

} // namespace

BOOST_AUTO_TEST_SUITE(guard_framing)

BOOST_AUTO_TEST_CASE(content_length) {
  const auto bad = refused::content_length;
  for (const string_view value : {"", "+5", "-5", "5 5", "5,5", "5, 5", "0x5", "5.0", "5a", "a",
                                  "18446744073709551616", "99999999999999999999999999", "\"5\"", "٥"})
    check({{"not a number", post_head("Content-Length: " + std::string{value} + "\r\n"), bad}});
  check({
      {"number", post_head("Content-Length: 5\r\n"), {}},
      {"zero", post_head("Content-Length: 0\r\n"), {}},
      {"leading zeros", post_head("Content-Length: 0005\r\n"), {}},
      {"the largest", post_head("Content-Length: 18446744073709551615\r\n"), {}},
      {"twice", post_head("Content-Length: 5\r\nContent-Length: 6\r\n"), bad},
      {"the same twice", post_head("Content-Length: 5\r\nContent-Length: 5\r\n"), bad},
      {"HTTP/1.0", "POST / HTTP/1.0\r\nContent-Length: 5\r\n\r\n", {}},
      {"underscore is another field", post_head("Content_Length: x\r\n"), {}},
  });
  law judge_head;
  const auto got = judge_head(post_head("Content-Length: 0005\r\n"));
  BOOST_TEST_REQUIRE(got.has_value());
  BOOST_TEST(got->content_length == 5);
  BOOST_TEST((got->content == framing::length));
}

BOOST_AUTO_TEST_CASE(transfer_encoding) {
  const auto bad = refused::not_chunked;
  for (const auto* value :
       {"", "xchunked", "chunkedx", "identity", "gzip", "chunked, gzip", "chunked, chunked", "chunked,", ",",
        ", chunked", "chunked;q=1", "\"chunked\"", "chunked chunked", "gzip,, chunked", "x,chunked x",
        "chunk\x80"
        "ed"})
    check({{"not chunked", post_head("Transfer-Encoding: "s + value + "\r\n"), bad}});
  check({
      {"chunked", post_head("Transfer-Encoding: chunked\r\n"), {}},
      {"in any case", post_head("tRANSFER-eNCODING: ChUnKeD\r\n"), {}},
      {"white space around", post_head("Transfer-Encoding: \t chunked \t\r\n"), {}},
      {"other coding first", post_head("Transfer-Encoding: gzip, chunked\r\n"), refused::transfer_coding},
      {"without space", post_head("Transfer-Encoding: br,chunked\r\n"), refused::transfer_coding},
      {"twice", post_head("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
       refused::length_and_chunked},
      {"two fields", post_head("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"), bad},
      {"and length", post_head("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
       refused::content_length},
      {"length and", post_head("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"),
       refused::length_and_chunked},
      {"unknown and length", post_head("Transfer-Encoding: x\r\nContent-Length: 5\r\n"),
       refused::length_and_chunked},
      {"HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", refused::chunked_in_http_1_0},
      {"HTTP/1.0, unknown", "POST / HTTP/1.0\r\nTransfer-Encoding: x\r\n\r\n", refused::chunked_in_http_1_0},
      {"space before colon", post_head("Transfer-Encoding : chunked\r\n"), refused::field_line},
      {"folded", post_head("Transfer-Encoding:\r\n chunked\r\n"), refused::folded_line},
  });
}

BOOST_AUTO_TEST_CASE(persistence) {
  struct row {
    string_view version, fields;
    bool keep_alive;
  };
  law judge_head;
  for (const auto& r : std::vector<row>{{"1.1", "", true},
                                        {"1.0", "", false},
                                        {"1.1", "Connection: close\r\n", false},
                                        {"1.1", "Connection: CLOSE\r\n", false},
                                        {"1.1", "Connection: foo, Close ,bar\r\n", false},
                                        {"1.1", "Connection: foo\r\nConnection: close\r\n", false},
                                        {"1.1", "Connection: keep-alive\r\n", true},
                                        {"1.1", "Connection: keep-alive, close\r\n", false},
                                        {"1.1", "Connection: closed\r\n", true},
                                        {"1.1", "Connection: Upgrade\r\nUpgrade: h2c\r\n", true},
                                        {"1.1", "Connection: \r\n", true},
                                        {"1.0", "Connection: Keep-Alive\r\n", true},
                                        {"1.0", "Connection: close, keep-alive\r\n", false}}) {
    BOOST_TEST_CONTEXT(r.version << ' ' << r.fields) {
      const auto got = judge_head("GET / HTTP/" + std::string{r.version} + "\r\nHost: h\r\n" +
                                  std::string{r.fields} + "\r\n");
      BOOST_TEST_REQUIRE(got.has_value());
      BOOST_TEST(got->keep_alive == r.keep_alive);
    }
  }
  BOOST_TEST(!judge_head(get("Host: h\r\nConnection: a b\r\n")).has_value());
  BOOST_TEST(!judge_head(get("Host: h\r\nConnection: \"close\"\r\n")).has_value());
}

BOOST_AUTO_TEST_CASE(expectations) {
  check({{"known", post_head("Expect: 100-continue\r\nContent-Length: 1\r\n"), {}},
         {"in any case", post_head("expect: 100-Continue\r\nContent-Length: 1\r\n"), {}},
         {"other", post_head("Expect: 200-ok\r\n"), refused::expectation},
         {"empty", post_head("Expect:\r\n"), refused::expectation},
         {"with parameter", post_head("Expect: 100-continue;q=1\r\n"), refused::expectation},
         {"twice", post_head("Expect: 100-continue\r\nExpect: x\r\n"), refused::expectation}});
  law judge_head;
  BOOST_TEST(judge_head(post_head("Expect: 100-continue\r\nContent-Length: 1\r\n"))->expects_continue);
  BOOST_TEST(
      judge_head(post_head("Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n"))->expects_continue);
  BOOST_TEST(!judge_head(post_head("Expect: 100-continue\r\n"))->expects_continue);
  BOOST_TEST(
      !judge_head("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n")->expects_continue);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
