#include "server/grammar/head_scan.hpp"
#include "server/grammar/request_parser.hpp"
#include "tests/server/grammar/law.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace invited::server {
namespace {

using namespace std::string_literals;

const auto plain = "POST /a?b HTTP/1.1\r\nHost: h\r\nX: \t y z \t\r\nEmpty:\r\n\r\n"s;

} // namespace

BOOST_AUTO_TEST_SUITE(request_parsing)

BOOST_AUTO_TEST_CASE(parts_are_views_into_the_bytes) {
  const http_limits limits;
  request_parser parser{limits};
  const auto head = parser.parse(plain);
  BOOST_TEST_REQUIRE(head.has_value());
  BOOST_TEST(head->method == "POST");
  BOOST_TEST(head->target == "/a?b");
  BOOST_TEST(head->minor == 1u);
  BOOST_TEST_REQUIRE(head->fields.size() == 3);
  BOOST_TEST(head->fields[1].name == "X");
  BOOST_TEST(head->fields[1].value == "y z");
  BOOST_TEST(head->fields[2].value == "");
  const auto inside = [&](std::string_view v) {
    return v.data() >= plain.data() && v.data() + v.size() <= plain.data() + plain.size();
  };
  BOOST_TEST(inside(head->target));
  for (const auto& line : head->fields) {
    BOOST_TEST(inside(line.name));
    if (!line.value.empty()) BOOST_TEST(inside(line.value));
  }
}

BOOST_AUTO_TEST_CASE(nothing_is_kept_between_heads) {
  const http_limits limits;
  request_parser parser{limits};
  BOOST_TEST(parser.parse(plain).has_value());
  BOOST_TEST(!parser.parse("GET / HTTP/1.1\r\nbad\r\n\r\n").has_value());
  const auto head = parser.parse("GET / HTTP/1.0\r\n\r\n");
  BOOST_TEST_REQUIRE(head.has_value());
  BOOST_TEST(head->minor == 0u);
  BOOST_TEST(head->fields.empty());
}

BOOST_AUTO_TEST_CASE(a_head_must_be_whole_and_alone) {
  const http_limits limits;
  request_parser parser{limits};
  for (std::size_t size = 0; size < plain.size(); ++size)
    BOOST_TEST_CONTEXT(size) BOOST_TEST(!parser.parse(std::string_view{plain}.substr(0, size)).has_value());
  BOOST_TEST(!parser.parse(plain + "x").has_value());
  BOOST_TEST(!parser.parse("POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx").has_value());
}

BOOST_AUTO_TEST_CASE(too_many_fields) {
  http_limits limits;
  limits.fields = 2;
  request_parser parser{limits};
  BOOST_TEST((parser.parse(plain).error() == refused::head_too_large));
}

BOOST_AUTO_TEST_CASE(the_parser_does_not_judge_a_length) {
  const http_limits limits;
  request_parser parser{limits};
  BOOST_TEST(parser.parse("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n").has_value());
  BOOST_TEST(parser.parse("POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n\r\n").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(head_scanning)

BOOST_AUTO_TEST_CASE(the_end_is_found_at_every_cut) {
  const http_limits limits;
  for (std::size_t cut = 0; cut < plain.size(); ++cut) {
    BOOST_TEST_CONTEXT(cut) {
      head_scan scan{limits};
      const auto first = scan.look(std::string_view{plain}.substr(0, cut));
      BOOST_TEST_REQUIRE(first.has_value());
      BOOST_TEST(*first == 0u);
      const auto whole = scan.look(plain + "GET");
      BOOST_TEST_REQUIRE(whole.has_value());
      BOOST_TEST(*whole == plain.size());
    }
  }
}

BOOST_AUTO_TEST_CASE(an_empty_line_before_is_skipped_at_every_cut) {
  const http_limits limits;
  const auto bytes = "\r\n" + plain;
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) {
    BOOST_TEST_CONTEXT(cut) {
      head_scan scan{limits};
      BOOST_TEST(*scan.look(std::string_view{bytes}.substr(0, cut)) == 0u);
      BOOST_TEST(*scan.look(bytes) == bytes.size());
      BOOST_TEST(scan.lead() == 2u);
      scan.reset();
      BOOST_TEST(scan.lead() == 0u);
      BOOST_TEST(*scan.look(plain) == plain.size());
    }
  }
}

BOOST_AUTO_TEST_CASE(refusals_do_not_wait_for_the_end) {
  struct row {
    std::string bytes;
    refused why;
  };
  const http_limits limits;
  for (const auto& r :
       std::vector<row>{{"\x80", refused::request_line},
                        {"\rx", refused::line_ending},
                        {"GET / HTTP/1.1\n", refused::line_ending},
                        {"GET / HTTP/1.1\r\n ", refused::folded_line},
                        {"GET / HTTP/1.1\r\nA: b\r\n\t", refused::folded_line},
                        {std::string(8193, 'a'), refused::target_too_long},
                        {"GET / HTTP/1.1\r\n" + std::string(8177, 'a'), refused::head_too_large}}) {
    BOOST_TEST_CONTEXT(r.bytes.substr(0, 40)) {
      head_scan whole{limits};
      const auto verdict = whole.look(r.bytes);
      BOOST_TEST_REQUIRE(!verdict.has_value());
      BOOST_TEST(verdict.error() == r.why);
      head_scan stepped{limits}; // the same, byte by byte
      for (std::size_t n = 1; n < r.bytes.size(); ++n)
        BOOST_TEST_REQUIRE(stepped.look(r.bytes.substr(0, n)).has_value());
      BOOST_TEST(!stepped.look(r.bytes).has_value());
    }
  }
}

BOOST_AUTO_TEST_CASE(of_two_faults_the_same_is_reported_however_the_bytes_were_cut) {
  const http_limits limits;
  const std::string line = "GET / HTTP/1.1\r\n";
  std::string many = line;
  for (std::size_t i = 0; i <= limits.fields; ++i) many += "A: b\r\n";
  for (const auto& bytes :
       {"GET /" + std::string(9000, 'a') + " HTTP/9\r\n\r\n", "GET /" + std::string(9000, 'a') + "\n",
        line + "A: " + std::string(9000, 'a') + "\n", line + "A: " + std::string(9000, '\x01') + "\r\n\r\n",
        many + " folded\r\n\r\n", many + "\n", many + "\r\n"}) {
    BOOST_TEST_CONTEXT(bytes.substr(0, 40)) {
      head_scan whole{limits}, stepped{limits};
      const auto verdict = whole.look(bytes);
      BOOST_TEST_REQUIRE(!verdict.has_value());
      http_result<std::size_t> step = 0;
      for (std::size_t n = 1; step && n <= bytes.size(); ++n) step = stepped.look(bytes.substr(0, n));
      BOOST_TEST_REQUIRE(!step.has_value());
      BOOST_TEST(step.error() == verdict.error());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_byte_is_judged_the_same_wherever_it_stands) {
  const http_limits limits;
  const std::string front = "GET / HTTP/1.1\r\nX: ";
  for (const std::size_t before : {0u, 7u, 15u, 16u, 219u, 220u, 221u, 459u, 460u, 461u, 1000u}) {
    for (int c = 0; c < 256; ++c) {
      head_scan scan{limits};
      const auto byte = static_cast<char>(c);
      const auto verdict = scan.look(front + std::string(before, 'a') + byte + "b\r\n\r\n");
      const bool fine = (c >= 0x20 && c != 0x7f) || byte == '\t';
      if (verdict.has_value() != fine) BOOST_ERROR(before << ' ' << c);
      if (!fine && byte != '\r' && byte != '\n' && verdict.error() != refused::control_character)
        BOOST_ERROR(before << ' ' << c << ": " << verdict.error());
    }
  }
}

BOOST_AUTO_TEST_CASE(no_number_of_bad_bytes_looks_like_none) {
  const http_limits limits;
  for (std::size_t count = 1; count <= 1024; ++count) {
    head_scan scan{limits};
    if (scan.look("GET / HTTP/1.1\r\nX: " + std::string(count, '\x01') + "\r\n\r\n")) BOOST_ERROR(count);
    head_scan alone{limits};
    if (alone.look("GET / HTTP/1.1\r\nX: " + std::string(count, '\r') + "\r\n\r\n")) BOOST_ERROR(count);
  }
  head_scan tabs{limits}; // allowed, in any number
  BOOST_TEST(tabs.look("GET / HTTP/1.1\r\nX:" + std::string(512, '\t') + "y\xe4\r\n\r\n").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
