// What the queries of the list and of the audit have in common: the provider, times, cursors, and how a query
// may be wrong as a whole.
#include "handlers/auth/query_judge.hpp"

#include "handlers/managing/list_input.hpp"
#include "handlers/reporting/audit_input.hpp"
#include "tests/handlers/auth/query_faults.hpp"

#include <functional>

namespace invited::handlers {
namespace {

using test::faults_of;
using test::query_fault;
using test::speaks_for;

/// A call's reader of queries, with its names for the two ends of a time range.
struct query_reader {
  std::string name, from, to, good_cursor;
  std::function<result<void>(std::string_view, const principal&)> read;
};

const query_reader readers[] = {
    {"list", "created_after", "created_before", cursor_text(store::index_position{1'764'000'000'123, 7}),
     [](std::string_view query, const principal& who) {
       list_input input;
       return read_list(query, who, input);
     }},
    {"audit", "from", "to", cursor_text(store::audit_position{{1'764'000'000'123, 7}, {1, 2}}),
     [](std::string_view query, const principal& who) {
       audit_input input;
       return read_audit_query(query, who, input);
     }},
};

BOOST_AUTO_TEST_SUITE(query_judges)

BOOST_AUTO_TEST_CASE(a_provider_must_be_named_unless_there_is_only_one) {
  const std::vector<std::string> required = {"/provider_id required"};
  for (const query_reader& r : readers) {
    BOOST_TEST_CONTEXT(r.name) {
      BOOST_TEST(r.read("", speaks_for({"clinic-1"})).has_value());
      BOOST_TEST(faults_of(r.read("", speaks_for({"clinic-1", "clinic-2"}))) == required);
      BOOST_TEST(faults_of(r.read("", speaks_for({}))) == required); // an admin
      BOOST_TEST(r.read("provider_id=clinic-2", speaks_for({})).has_value());
    }
  }
}

BOOST_AUTO_TEST_CASE(each_fault_is_named_alone) {
  for (const query_reader& r : readers) {
    BOOST_TEST_CONTEXT(r.name) {
      const query_fault rows[] = {
          {"provider_id=clinic%201", "/provider_id forbidden_character"},
          {"provider_id=a&provider_id=a", "/provider_id duplicate_field"},
          {"colour=red", "/colour unknown_field"},
          {r.from + "=%ff", "malformed_query"},
          {r.from + "=%4", "malformed_query"},
          {r.from + "=2026-01-31&" + r.from + "=2026-01-31", '/' + r.from + " duplicate_field"},
          {r.from + "=%20", '/' + r.from + " invalid_time"},
          {r.from + "=yesterday", '/' + r.from + " invalid_time"},
          {r.to + "=1", '/' + r.to + " invalid_time"},
          {r.to + "=2026-13-01", '/' + r.to + " invalid_time"},
      };
      test::check_faults(rows,
                         [&r](std::string_view query) { return r.read(query, speaks_for({"clinic-1"})); });
    }
  }
}

BOOST_AUTO_TEST_CASE(a_cursor_has_one_spelling) {
  const principal who = speaks_for({"clinic-1"});
  const std::vector<std::string> invalid = {"/cursor invalid_cursor"};
  for (const query_reader& r : readers) {
    BOOST_TEST_CONTEXT(r.name) {
      const std::string& good = r.good_cursor;
      BOOST_TEST(r.read("cursor=" + good, who).has_value());
      BOOST_TEST(r.read("cursor=", who).has_value()); // absent
      for (const std::string& bad :
           {std::string("abc"), std::string(24, 'A'), good + "A", good.substr(1), good + "=", "%20" + good})
        BOOST_TEST_CONTEXT(bad) BOOST_TEST(faults_of(r.read("cursor=" + bad, who)) == invalid);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::handlers
