#include "handlers/reporting/audit_input.hpp"
#include "tests/handlers/auth/query_faults.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

using test::speaks_for;

const store::invite_ref some_ref{store::group_of("clinic-1"), {1, 2, 3}};

BOOST_AUTO_TEST_SUITE(audit_inputs)

BOOST_AUTO_TEST_CASE(an_empty_query_means_everything_of_the_only_provider) {
  const principal who = speaks_for({"clinic-1"});
  audit_input input;
  BOOST_TEST(read_audit_query("", who, input).has_value());
  BOOST_TEST(input.query.provider_id == "clinic-1");
  BOOST_TEST(input.query.from == 0);
  BOOST_TEST((!input.query.of && !input.query.to && input.query.before == store::audit_position()));
  BOOST_TEST(!input.nothing);
}

BOOST_AUTO_TEST_CASE(a_full_query) {
  const principal who = speaks_for({"clinic-1", "clinic-2"});
  const store::audit_position at{{1'764'000'000'123, 7}, {1, 0xffffffffffffffff}};
  audit_input input;
  const std::string query = "provider_id=clinic-1&ref=" + to_text(some_ref) +
                            "&from=2026-01-31&to=2026-02-01T00%3A00%3A00%2B01%3A00&cursor=" + cursor_text(at);
  BOOST_TEST(read_audit_query(query, who, input).has_value());
  BOOST_TEST((input.query.of == some_ref.h));
  BOOST_TEST(input.query.from == 1'769'817'600'000);
  BOOST_TEST((input.query.to == 1'769'900'400'000));
  BOOST_TEST((input.query.before == at));
  BOOST_TEST(!input.nothing);
}

BOOST_AUTO_TEST_CASE(a_ref_of_another_group_can_have_no_events) {
  const principal who = speaks_for({"clinic-1"});
  store::invite_ref other = some_ref;
  other.tag ^= 1;
  audit_input input;
  BOOST_TEST(read_audit_query("ref=" + to_text(other), who, input).has_value());
  BOOST_TEST(input.nothing);
}

BOOST_AUTO_TEST_CASE(all_that_is_wrong_is_named_at_once) {
  const std::vector<std::string> wanted = {"/colour unknown_field", "/provider_id required",
                                           "/ref invalid_ref",      "/from invalid_time",
                                           "/to invalid_time",      "/cursor invalid_cursor"};
  audit_input input;
  const result<void> read = read_audit_query("colour=red&ref=x&from=now&to=2026-13-01&cursor=AAAA",
                                             speaks_for({"clinic-1", "clinic-2"}), input);
  BOOST_TEST(test::faults_of(read) == wanted, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_zone_needs_no_escaping) {
  audit_input input;
  BOOST_TEST(read_audit_query("from=2026-01-31T09:00:00+01:00&to=2026-01-31T09:00:00-01:00",
                              speaks_for({"clinic-1"}), input)
                 .has_value());
  BOOST_TEST(input.query.from == 1'769'846'400'000); // 2026-01-31T08:00:00Z
  BOOST_TEST((input.query.to == 1'769'853'600'000)); // 2026-01-31T10:00:00Z
}

BOOST_AUTO_TEST_CASE(a_time_before_1970_is_the_beginning) {
  audit_input input;
  BOOST_TEST(read_audit_query("from=1969-01-01", speaks_for({"clinic-1"}), input).has_value());
  BOOST_TEST(input.query.from == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
