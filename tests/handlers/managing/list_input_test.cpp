#include "handlers/managing/list_input.hpp"
#include "tests/handlers/auth/query_faults.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::handlers {
namespace {

using test::speaks_for;

result<void> read(std::string_view query, const principal& who) {
  list_input input;
  return read_list(query, who, input);
}

BOOST_AUTO_TEST_SUITE(list_inputs)

BOOST_AUTO_TEST_CASE(an_empty_query_means_the_newest_fifty_of_the_only_provider) {
  const principal who = speaks_for({"clinic-1"});
  list_input input;
  BOOST_TEST(read_list("", who, input).has_value());
  BOOST_TEST(input.query.provider_id == "clinic-1");
  BOOST_TEST(input.query.limit == 50u);
  BOOST_TEST((!input.query.state && !input.query.locked && !input.query.asked && !input.query.before));
  BOOST_TEST(input.query.email == "");
  BOOST_TEST(input.query.external_id == "");
}

BOOST_AUTO_TEST_CASE(a_paste_may_leave_blanks_around_the_email) {
  const principal who = speaks_for({"clinic-1"});
  for (const std::string_view pasted : {"+ada%40example.org+", "%C2%A0ada%40example.org",
                                        "ada%40example.org%E2%80%8B", "%EF%BB%BFada%40example.org%0D%0A"}) {
    list_input input;
    BOOST_TEST(read_list("email=" + std::string(pasted), who, input).has_value());
    BOOST_TEST(input.query.email == "ada@example.org", pasted);
  }
}

BOOST_AUTO_TEST_CASE(a_full_query) {
  const principal who = speaks_for({"clinic-1", "clinic-2"});
  const store::index_position at{1'764'000'000'123, 7};
  list_input input;
  const std::string query =
      "provider_id=clinic-2&state=expired&locked=false&asked=true&email=ada%40example.org"
      "&external_id=+MRN-17%2Fa+"
      "&created_after=2026-01-31&created_before=2026-02-01T00%3A00%3A00%2B01%3A00&limit=200"
      "&cursor=" +
      cursor_text(at);
  BOOST_TEST(read_list(query, who, input).has_value());
  const store::list_query& q = input.query;
  BOOST_TEST(q.provider_id == "clinic-2");
  BOOST_TEST((q.state == store::invite_state::expired));
  BOOST_TEST((q.locked == false));
  BOOST_TEST((q.asked == true));
  BOOST_TEST(q.email == "ada@example.org");
  BOOST_TEST(q.external_id == "MRN-17/a");
  BOOST_TEST((q.created_after == 1'769'817'600'000));
  BOOST_TEST((q.created_before == 1'769'900'400'000));
  BOOST_TEST(q.limit == 200u);
  BOOST_TEST((q.before == at));
}

BOOST_AUTO_TEST_CASE(a_zone_needs_no_escaping) {
  const principal who = speaks_for({"clinic-1"});
  list_input input;
  BOOST_TEST(read_list("created_after=2026-01-31T09:00:00+01:00&created_before=2026-01-31T09:00:00-01:00",
                       who, input)
                 .has_value());
  BOOST_TEST((input.query.created_after == 1'769'846'400'000));  // 2026-01-31T08:00:00Z
  BOOST_TEST((input.query.created_before == 1'769'853'600'000)); // 2026-01-31T10:00:00Z
}

BOOST_AUTO_TEST_CASE(all_that_is_wrong_is_named_at_once) {
  const principal two = speaks_for({"clinic-1", "clinic-2"});
  const std::vector<std::string> wanted = {"/color unknown_field",        "/limit wrong_type",
                                           "/provider_id required",       "/state invalid_state",
                                           "/locked invalid_flag",        "/asked invalid_flag",
                                           "/created_after invalid_time", "/created_before invalid_time",
                                           "/cursor invalid_cursor",      "/email invalid_email"};
  const auto found = test::faults_of(
      read("state=open&locked=1&asked=2&email=ada&created_after=yesterday&created_before=1&limit=x"
           "&cursor=abc&color=red",
           two));
  BOOST_TEST(found.size() == wanted.size());
  for (const std::string& one : wanted)
    BOOST_TEST_CONTEXT(one) BOOST_TEST((std::find(found.begin(), found.end(), one) != found.end()));
}

BOOST_AUTO_TEST_CASE(each_fault_of_its_own_fields_is_named_alone) {
  const test::query_fault rows[] = {
      {"limit=0", "/limit out_of_range"},
      {"limit=201", "/limit out_of_range"},
      {"limit=-1", "/limit out_of_range"},
      {"limit=99999999999999999999", "/limit out_of_range"},
      {"limit=5&limit=6", "/limit duplicate_field"},
      {"email=%ff", "malformed_query"},
      {"email=%4", "malformed_query"},
  };
  test::check_faults(rows, [](std::string_view query) { return read(query, speaks_for({"clinic-1"})); });
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
