#include "server/http/request_id.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdio>
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

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
