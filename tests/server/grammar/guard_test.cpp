#include "handlers/http/reason_phrase.hpp"
#include "server/grammar/field_index.hpp"
#include "server/grammar/uri_rules.hpp"
#include "tests/server/grammar/law.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>
#include <string>
#include <vector>

namespace invited::server {
namespace {

using namespace std::string_literals;
using std::string_view;

} // namespace

BOOST_AUTO_TEST_SUITE(guard)

BOOST_AUTO_TEST_CASE(request_line) {
  check({
      {"plain", line("GET / HTTP/1.1"), {}},
      {"HTTP/1.0", line("GET / HTTP/1.0"), {}},
      {"one empty line before", "\r\n" + line("GET / HTTP/1.1"), {}},
      {"two empty lines before", "\r\n\r\n" + line("GET / HTTP/1.1"), refused::request_line},
      {"bare LF before", "\n" + line("GET / HTTP/1.1"), refused::request_line},
      {"space before", line(" GET / HTTP/1.1"), refused::request_line},
      {"no version", line("GET /"), refused::request_line},
      {"no target", line("GET HTTP/1.1"), refused::request_line},
      {"two spaces", line("GET  / HTTP/1.1"), refused::request_line},
      {"two spaces before version", line("GET /  HTTP/1.1"), refused::request_line},
      {"tab for space", line("GET\t/ HTTP/1.1"), refused::request_line},
      {"space behind", line("GET / HTTP/1.1 "), refused::request_line},
      {"space in target", line("GET /a b HTTP/1.1"), refused::request_line},
      {"lower-case HTTP", line("GET / http/1.1"), refused::request_line},
      {"HTTP/1", line("GET / HTTP/1"), refused::request_line},
      {"HTTP/1.10", line("GET / HTTP/1.10"), refused::request_line},
      {"HTTP/01.1", line("GET / HTTP/01.1"), refused::request_line},
      {"HTTP/1.2", line("GET / HTTP/1.2"), refused::version},
      {"HTTP/0.9", line("GET / HTTP/0.9"), refused::version},
      {"HTTP/2.0", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", refused::version},
      {"HTTP/9.9", line("GET / HTTP/9.9"), refused::version},
      {"colon first", ": x\r\n\r\n", refused::request_line},
      {"TLS hello", "\x16\x03\x01\x02\n"s, refused::request_line},
  });
}

BOOST_AUTO_TEST_CASE(methods) {
  for (const auto* known : {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
    check({{"known", line(known + " / HTTP/1.1"s), {}}});
  for (const auto* unknown :
       {"get", "Get", "TRACE", "CONNECT", "PATCH", "PROPFIND", "GETT", "GE", "M-SEARCH", "X!"})
    check({{"unknown", line(unknown + " / HTTP/1.1"s), refused::method}});
  check({{"CONNECT with authority-form", line("CONNECT h:443 HTTP/1.1"), refused::method},
         {"not a token", line("GE(T / HTTP/1.1"), refused::request_line}});
}

BOOST_AUTO_TEST_CASE(targets) {
  const auto bad = refused::target;
  check({
      {"origin", line("GET /a/b?c=d HTTP/1.1"), {}},
      {"encoded", line("GET /%41%zZ HTTP/1.1"), bad},
      {"encoded", line("GET /%41%7f HTTP/1.1"), {}},
      {"cut short", line("GET /%4 HTTP/1.1"), bad},
      {"lone percent", line("GET /% HTTP/1.1"), bad},
      {"percent in query", line("GET /?a=% HTTP/1.1"), bad},
      {"what browsers leave raw", line("GET /a|b?c[]={d}^ HTTP/1.1"), {}},
      {"fragment", line("GET /a#b HTTP/1.1"), bad},
      {"relative", line("GET a HTTP/1.1"), bad},
      {"query only", line("GET ?a HTTP/1.1"), bad},
      {"raw UTF-8", line("GET /\xc3\xa4 HTTP/1.1"), bad},
      {"0xff", line("GET /\xff HTTP/1.1"), bad},
      {"DEL", line("GET /\x7f HTTP/1.1"), refused::control_character},
      {"asterisk for GET", line("GET * HTTP/1.1"), bad},
      {"asterisk for OPTIONS", line("OPTIONS * HTTP/1.1"), {}},
      {"asterisk and more", line("OPTIONS *a HTTP/1.1"), bad},
      {"authority-form", line("GET h:80 HTTP/1.1"), bad},
      {"absolute", line("GET http://h/a HTTP/1.1"), {}},
      {"absolute, https, upper case", line("GET HTTPS://h/a HTTP/1.1"), {}},
      {"absolute without path", line("GET http://h HTTP/1.1"), {}},
      {"absolute with query only", line("GET http://h?q HTTP/1.1"), {}},
      {"absolute without host", line("GET http:///a HTTP/1.1"), bad},
      {"absolute with userinfo", line("GET http://u@h/a HTTP/1.1"), bad},
      {"absolute with bad port", line("GET http://h:x/a HTTP/1.1"), bad},
      {"other scheme", line("GET ftp://h/a HTTP/1.1"), bad},
      {"scheme only", line("GET http: HTTP/1.1"), bad},
      {"4096 bytes", line("GET /" + std::string(4095, 'a') + " HTTP/1.1"), {}},
      {"4097 bytes", line("GET /" + std::string(4096, 'a') + " HTTP/1.1"), refused::target_too_long},
      {"much longer", line("GET /" + std::string(7000, 'a') + " HTTP/1.1"), refused::target_too_long},
      {"not whole yet", "GET /" + std::string(5000, 'a'), refused::incomplete},
      {"endless", "GET /" + std::string(8200, 'a'), refused::target_too_long},
  });
}

BOOST_AUTO_TEST_CASE(target_parts) {
  law judge_head;
  auto got = judge_head("GET /a/b?c=d?e HTTP/1.1\r\nHost: h:1\r\n\r\n");
  BOOST_TEST_REQUIRE(got.has_value());
  BOOST_TEST(got->path == "/a/b");
  BOOST_TEST(got->query == "c=d?e");
  BOOST_TEST(got->host == "h:1");

  got = judge_head("OPTIONS http://other:8?q HTTP/1.1\r\nHost: h\r\n\r\n");
  BOOST_TEST_REQUIRE(got.has_value());
  BOOST_TEST(got->path == "/");
  BOOST_TEST(got->query == "q");
  BOOST_TEST(got->host == "other:8"); // RFC 9112 §3.2.2: not that of Host
  BOOST_TEST((got->method == handlers::verb::options));
}

BOOST_AUTO_TEST_CASE(host) {
  check({
      {"none", get(""), refused::host},
      {"none in HTTP/1.0", "GET / HTTP/1.0\r\n\r\n", {}},
      {"two", get("Host: a\r\nHost: b\r\n"), refused::host},
      {"the same twice", get("Host: a\r\nhost: a\r\n"), refused::host},
      {"two in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n", refused::host},
      {"bad in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a b\r\n\r\n", refused::host},
      {"none with absolute-form", "GET http://h/ HTTP/1.1\r\n\r\n", refused::host},
      {"bad with absolute-form", "GET http://h/ HTTP/1.1\r\nHost: @\r\n\r\n", refused::host},
      {"in any case", get("hOST: a\r\n"), {}},
  });
}

BOOST_AUTO_TEST_CASE(authorities) {
  for (const string_view good :
       {"localhost", "localhost:4321", "a.b-c_d~", "a:", "127.0.0.1:1", "%41b", "[::1]", "[::1]:80",
        "[2001:db8::1.2.3.4]:", "a!$&'()*+,;=b", "h:65535", "h:00080"})
    BOOST_TEST_CONTEXT(good) BOOST_TEST(is_authority(good));
  for (const string_view bad : {"",
                                ":80",
                                "a b",
                                "a\tb",
                                "u@h",
                                "a/b",
                                "a?b",
                                "a#b",
                                "a:b",
                                "a:80:90",
                                "a:-1",
                                "a:65536",
                                "a:99999999999999",
                                "[::1",
                                "::1",
                                "[]",
                                "[::1]80",
                                "[::1]:x",
                                "[fe80::1%eth0]",
                                "[v1.x]",
                                "[127.0.0.1]",
                                "[:::::]",
                                "%4",
                                "%zz",
                                "a\\b",
                                "<h>",
                                "h\xc3\xa4",
                                "a%",
                                "[[::1]]",
                                "[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa]"})
    BOOST_TEST_CONTEXT(bad) BOOST_TEST(!is_authority(bad));
}

BOOST_AUTO_TEST_CASE(field_lines) {
  const auto bad = refused::field_line;
  check({
      {"space before colon", get("Host : h\r\n"), bad},
      {"tab before colon", get("Host: h\r\nA\t: b\r\n"), bad},
      {"no colon", get("Host: h\r\nA\r\n"), bad},
      {"no name", get("Host: h\r\n: b\r\n"), bad},
      {"not a token", get("Host: h\r\nA(b): c\r\n"), bad},
      {"name above ASCII", get("Host: h\r\n\xc3\xa4: c\r\n"), bad},
      {"empty value", get("Host: h\r\nA:\r\n"), {}},
      {"value of blanks", get("Host: h\r\nA: \t \r\n"), {}},
      {"text above ASCII", get("Host: h\r\nA: \xc3\xa4\xff\r\n"), {}},
      {"obs-fold", get("Host: h\r\nA: b\r\n c\r\n"), refused::folded_line},
      {"obs-fold by tab", get("Host: h\r\nA: b\r\n\tc\r\n"), refused::folded_line},
      {"obs-fold of nothing", get("Host: h\r\nA:\r\n \r\n"), refused::folded_line},
      {"folded Host", get("Host:\r\n h\r\n"), refused::folded_line},
      {"blank before first field", get(" Host: h\r\n"), refused::folded_line},
      {"bare CR in value", get("Host: h\r\nA: b\rc\r\n"), refused::line_ending},
      {"bare CR at the end", get("Host: h\r\nA: b\r\r\n"), refused::line_ending},
      {"bare CR in name", get("Host: h\r\nA\rB: c\r\n"), refused::line_ending},
      {"bare LF", get("Host: h\nA: b\r\n"), refused::line_ending},
      {"LF LF", "GET / HTTP/1.1\nHost: h\n\n", refused::line_ending},
      {"CR LF LF", "GET / HTTP/1.1\r\nHost: h\r\n\n", refused::line_ending},
      {"NUL in value", get("Host: h\r\nA: b\0c\r\n"s), refused::control_character},
      {"NUL in name", get("Host: h\r\nA\0: c\r\n"s), refused::control_character},
      {"BEL", get("Host: h\r\nA: \a\r\n"), refused::control_character},
      {"ESC", get("Host: h\r\nA: \x1b[0m\r\n"), refused::control_character},
      {"DEL", get("Host: h\r\nA: \x7f\r\n"), refused::control_character},
      {"VT before colon", get("Host: h\r\nTransfer-Encoding\v: chunked\r\n"), refused::control_character},
  });
}

BOOST_AUTO_TEST_CASE(every_byte_in_a_value) {
  law judge_head;
  for (int byte = 0; byte < 256; ++byte) {
    const char c = static_cast<char>(byte);
    const bool allowed = byte == '\t' || (byte >= 0x20 && byte != 0x7f);
    BOOST_TEST_CONTEXT("byte " << byte)
    BOOST_TEST(judge_head(get("Host: h\r\nA: b"s + c + "c\r\n")).has_value() == allowed);
  }
}

BOOST_AUTO_TEST_CASE(every_byte_in_a_name) {
  law judge_head;
  for (int byte = 0; byte < 256; ++byte) {
    if (byte == ':') continue; // ends the name
    const char c = static_cast<char>(byte);
    const bool allowed =
        byte < 128 && (std::isalnum(byte) != 0 || "!#$%&'*+-.^_`|~"s.find(c) != std::string::npos);
    BOOST_TEST_CONTEXT("byte " << byte)
    BOOST_TEST(judge_head(get("Host: h\r\nA"s + c + "B: c\r\n")).has_value() == allowed);
  }
}

BOOST_AUTO_TEST_CASE(limits) {
  const auto fields = [](int n) {
    std::string text = "Host: h\r\n";
    for (int i = 1; i < n; ++i) text += "A: b\r\n";
    return get(text);
  };
  check({{"100 fields", fields(100), {}},
         {"101 fields", fields(101), refused::head_too_large},
         {"10,000 fields", fields(10'000), refused::head_too_large},
         {"8 KiB", get("Host: h\r\nA: " + std::string(8192 - 16 - 9 - 7, 'a') + "\r\n"), {}},
         {"a byte more", get("Host: h\r\nA: " + std::string(8192 - 16 - 9 - 6, 'a') + "\r\n"),
          refused::head_too_large},
         {"endless", "GET / HTTP/1.1\r\nA: " + std::string(9000, 'a'), refused::head_too_large}});
}

BOOST_AUTO_TEST_CASE(every_refusal_is_a_problem) {
  for (int i = 0; i < static_cast<int>(refused::count_); ++i) {
    const auto p = to_problem(static_cast<refused>(i));
    BOOST_TEST(p.status >= 400);
    BOOST_TEST(!p.code.empty());
    BOOST_TEST(!p.detail.empty());
    BOOST_TEST(!handlers::reason_phrase(p.status).empty());
  }
  BOOST_TEST(to_problem(refused::method).status == 501);
  BOOST_TEST(to_problem(refused::version).status == 505);
  BOOST_TEST(to_problem(refused::not_chunked).status == 400);
  BOOST_TEST(to_problem(refused::transfer_coding).status == 501);
  BOOST_TEST(to_problem(refused::content_too_large).status == 413);
  BOOST_TEST(to_problem(refused::timeout).status == 408);
  BOOST_TEST(to_problem(refused::head_too_large).status == 431);
  BOOST_TEST(to_problem(refused::target_too_long).status == 414);
  BOOST_TEST(to_problem(refused::expectation).status == 417);
  BOOST_TEST(to_problem(refused::fault).status == 500);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
