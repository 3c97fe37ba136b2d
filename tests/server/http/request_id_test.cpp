#include "server/http/request_id.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <cstdio>
#include <set>
#include <string>
#include <string_view>

namespace invited::server {

BOOST_AUTO_TEST_SUITE(request_id_making)

BOOST_AUTO_TEST_CASE(ids_count_on_behind_their_prefix) {
  request_ids ids{0xfedcba9876543210};
  std::array<char, request_ids::length> id{};
  for (unsigned count = 1; count <= 0x11000; ++count) {
    ids.next(id);
    std::array<char, request_ids::length + 1> expected{};
    std::snprintf(expected.data(), expected.size(), "fedcba9876543210%016x", count);
    const std::string_view made{id.data(), id.size()};
    if (made != expected.data()) BOOST_ERROR(std::string{made} << " for " << expected.data());
    if (!request_ids::is_valid(made)) BOOST_ERROR(std::string{made});
  }
}

BOOST_AUTO_TEST_CASE(spans_are_never_zero_and_come_once) {
  std::set<std::string> seen;
  for (const std::uint64_t prefix :
       {std::uint64_t{0xffff'ffff'ffff'fff0}, std::uint64_t{0}, std::uint64_t{0xfedcba9876543210}}) {
    request_ids ids{prefix};
    std::array<char, request_ids::span_length> span{};
    for (int i = 0; i < 1000; ++i) {
      ids.next_span(span);
      const std::string text(span.data(), span.size());
      if (text.find_first_not_of("0123456789abcdef") != text.npos || text.find_first_not_of('0') == text.npos)
        BOOST_ERROR(text);
      seen.insert(std::to_string(prefix) + text);
    }
  }
  BOOST_TEST(seen.size() == 3000U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
