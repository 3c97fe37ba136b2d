#pragma once

#include "server/grammar/guard.hpp"
#include "server/grammar/head_scan.hpp"
#include "server/grammar/request_parser.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace invited::server {

inline std::ostream& operator<<(std::ostream& out, refused r) {
  return out << "refused(" << static_cast<int>(r) << ": " << to_problem(r).detail << ')';
}

/// Takes a head through scan, parser and guard. It keeps the bytes that the plan points into.
struct law {
  http_limits limits{};
  request_parser parser{limits};
  plan_text text{};
  std::string bytes{};

  http_result<plan> operator()(std::string_view head) {
    bytes = head;
    head_scan scan{limits};
    const auto length = scan.look(bytes);
    if (!length) return length.error();
    if (*length == 0) return refused::incomplete;
    const auto parsed = parser.parse(std::string_view{bytes}.substr(scan.lead(), *length - scan.lead()));
    if (!parsed) return parsed.error();
    http_result<plan> out{boost::system::in_place_value};
    if (const auto ok = judge(*parsed, limits, text, *out); !ok) return ok.error();
    return out;
  }
};

/// The expected verdict on a head.
struct head_case {
  std::string_view what;
  std::string head;
  std::optional<refused> expected;
};

inline std::string get(const std::string& fields) {
  return "GET / HTTP/1.1\r\n" + fields + "\r\n";
}
inline std::string post_head(const std::string& fields) {
  return "POST / HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
}
inline std::string line(const std::string& request_line) {
  return request_line + "\r\nHost: h\r\n\r\n";
}

inline void check(const std::vector<head_case>& cases) {
  law judge_head;
  for (const auto& c : cases) {
    BOOST_TEST_CONTEXT(c.what << ": " << c.head.substr(0, 120)) {
      const auto verdict = judge_head(c.head);
      BOOST_TEST(verdict.has_value() == !c.expected.has_value());
      if (!verdict && c.expected) BOOST_TEST(verdict.error() == *c.expected);
      if (!verdict && !c.expected) BOOST_TEST_MESSAGE(verdict.error());
    }
  }
}

} // namespace invited::server
