#include "server/grammar/traceparent.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace invited::server {
namespace {

const std::string trace = "4bf92f3577b34da6a3ce929d0e0e4736", span = "00f067aa0ba902b7";
const std::string good = "00-" + trace + "-" + span + "-01";

BOOST_AUTO_TEST_SUITE(traceparent)

BOOST_AUTO_TEST_CASE(what_the_standard_allows_is_read) {
  for (const std::string& field :
       {good, "00-" + trace + "-" + span + "-00", "00-" + trace + "-" + span + "-ff",
        "cc-" + trace + "-" + span + "-01", "cc-" + trace + "-" + span + "-01-more"}) {
    const auto parent = read_traceparent(field);
    BOOST_TEST_REQUIRE(parent.has_value(), field);
    BOOST_TEST(parent->trace_id == trace);
    BOOST_TEST(parent->span_id == span);
  }
}

BOOST_AUTO_TEST_CASE(anything_else_begins_a_trace_of_its_own) {
  const std::string none(32, '0');
  for (const std::string& field :
       {std::string(), good.substr(1), good.substr(0, 54), good + "-more", good + "x", good + ", " + good,
        "ff-" + trace + "-" + span + "-01", "cc-" + trace + "-" + span + "-01x",
        "0g-" + trace + "-" + span + "-01", "00-" + none + "-" + span + "-01",
        "00-" + trace + "-" + none.substr(16) + "-01", "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + span + "-01",
        "00_" + trace + "-" + span + "-01", "00-" + trace + "_" + span + "-01",
        "00-" + trace + "-" + span + "_01", "00-" + trace + "-" + span + "-0G",
        "00-\"" + trace.substr(1) + "-" + span + "-01"})
    BOOST_TEST(!read_traceparent(field).has_value(), field);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::server
