#include "handlers/reporting/audit_input.hpp"
#include "tests/handlers/fields/body.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

principal speaks_for(std::vector<std::string> providers) {
  principal who;
  who.providers = std::move(providers);
  return who;
}

std::vector<std::string> faults(std::string_view query, const principal& who) {
  audit_input input;
  std::vector<std::string> found;
  if (const auto p = test::fault_of(read_audit_query(query, who, input))) {
    if (p->errors.empty()) found.push_back(std::string(p->code));
    for (const field_error& e : p->errors) found.push_back(e.pointer + ' ' + std::string(e.code));
  }
  return found;
}

const store::invite_ref some_ref{store::group_of("clinic-1"), {1, 2, 3}};

BOOST_AUTO_TEST_SUITE(audit_inputs)

BOOST_AUTO_TEST_CASE(nothing_asked_is_all_of_the_only_provider) {
  const principal who = speaks_for({"clinic-1"});
  audit_input input;
  BOOST_TEST(read_audit_query("", who, input).has_value());
  BOOST_TEST(input.query.provider_id == "clinic-1");
  BOOST_TEST(input.query.from == 0);
  BOOST_TEST((!input.query.of && !input.query.to && input.query.before == store::audit_position()));
  BOOST_TEST(!input.nothing);
}

BOOST_AUTO_TEST_CASE(everything_asked) {
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
  BOOST_TEST(faults("colour=red&ref=x&from=now&to=2026-13-01&cursor=AAAA",
                    speaks_for({"clinic-1", "clinic-2"})) == wanted,
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_cursor_has_one_spelling) {
  const std::string good = cursor_text(store::audit_position());
  const principal who = speaks_for({"clinic-1"});
  BOOST_TEST(faults("cursor=" + good, who).empty());
  for (const std::string& bad : {good + "A", good.substr(1), good + "=", std::string("%20") + good})
    BOOST_TEST(faults("cursor=" + bad, who).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_time_before_1970_is_the_beginning) {
  audit_input input;
  BOOST_TEST(read_audit_query("from=1969-01-01", speaks_for({"clinic-1"}), input).has_value());
  BOOST_TEST(input.query.from == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
