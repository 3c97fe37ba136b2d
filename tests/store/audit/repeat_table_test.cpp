// Counts audit events that may repeat. Nobody can make the table grow without bound.
#include "store/audit/repeat_table.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <set>
#include <stdexcept>
#include <string>

namespace invited::test {
namespace {

using store::audit_action;
using store::repeat_table;
using level = repeat_table::level;
using std::chrono::milliseconds;

struct counted {
  repeat_table table;
  repeat_table::clock::time_point now{};

  explicit counted(const store::repeat_limits& limits = {}) : table(limits) {}

  static store::repeatable_event event(std::string_view subject = "dr.grey",
                                       std::string_view address = "203.0.113.77",
                                       std::string_view provider = "clinic-1") {
    return {provider, audit_action::refused, "foreign_provider", {"clinician", subject, address}};
  }
  repeat_table::entry& add(const store::repeatable_event& e) {
    repeat_table::entry& of = table.line_of(e, now);
    ++of.second.count;
    return of;
  }
  level add(std::string_view subject, std::string_view address = "203.0.113.77",
            std::string_view provider = "clinic-1") {
    return add(event(subject, address, provider)).second.at;
  }
  /// Takes everything that is due, and returns the sum of the counts.
  std::uint64_t write_due() {
    std::uint64_t sum = 0;
    for (repeat_table::entry* of : table.take_due(now, 1'000'000)) {
      sum += of->second.leaving;
      table.settle(*of, true, now);
    }
    return sum;
  }
  void pass(milliseconds time) { now += time; }
};

struct usual : counted {};

BOOST_FIXTURE_TEST_SUITE(repeats, usual)

BOOST_AUTO_TEST_CASE(the_same_event_is_one_line) {
  repeat_table::entry& first = add(event());
  BOOST_TEST(&add(event()) == &first);
  BOOST_TEST(first.second.count == 2);
  BOOST_TEST(table.lines() == 1);
  const store::repeatable_event said = repeat_table::event_of(first);
  BOOST_TEST(said.provider_id == "clinic-1");
  BOOST_TEST((said.action == audit_action::refused));
  BOOST_TEST(said.outcome == "foreign_provider");
  BOOST_TEST(said.actor.role == "clinician");
  BOOST_TEST(said.actor.subject == "dr.grey");
  BOOST_TEST(said.actor.address == "203.0.113.77");
}

BOOST_AUTO_TEST_CASE(whatever_differs_is_another_line) {
  const store::repeatable_event e = event();
  std::set<repeat_table::entry*> seen{&add(e)};
  const auto check_another = [&](store::repeatable_event other) {
    BOOST_TEST(seen.insert(&add(other)).second);
  };
  check_another(event("dr.gray"));
  check_another(event("dr.grey", "203.0.113.78"));
  check_another(event("dr.grey", "203.0.113.77", "clinic-2"));
  store::repeatable_event other = e;
  other.action = audit_action::read;
  check_another(other);
  other = e;
  other.outcome = "forbidden";
  check_another(other);
  other = e;
  other.actor.role = "physician";
  check_another(other);
  check_another(event("dr.grey2", "03.0.113.77")); // the same letters, divided elsewhere
  check_another(event({"dr.grey\0", 8}));
  check_another(event("dr.grey", ""));
}

BOOST_AUTO_TEST_CASE(a_text_that_is_too_long_is_refused_and_leaves_nothing) {
  const std::string longest(255, 'x'), over(256, 'x');
  const store::repeatable_event good{longest, audit_action::read, longest, {longest, longest, longest}};
  BOOST_TEST(repeat_table::event_of(add(good)).actor.address == longest);
  BOOST_CHECK_THROW(add(event(over)), std::length_error);
  BOOST_CHECK_THROW(add(event("x", over)), std::length_error);
  BOOST_CHECK_THROW(add(event("x", "y", over)), std::length_error);
  BOOST_TEST(table.lines() == 1);
}

BOOST_AUTO_TEST_CASE(a_line_is_due_when_its_own_minute_is_over) {
  add("one");
  pass(milliseconds(30'000));
  add("two");
  add("two");
  BOOST_TEST(write_due() == 0);
  pass(milliseconds(29'999));
  BOOST_TEST(write_due() == 0);
  pass(milliseconds(1));
  BOOST_TEST(write_due() == 1);
  BOOST_TEST(table.lines() == 1);
  pass(milliseconds(30'000));
  BOOST_TEST(write_due() == 2);
  BOOST_TEST(table.lines() == 0);
  BOOST_TEST(table.events() == 0);
}

BOOST_AUTO_TEST_CASE(what_could_not_be_written_counts_on_and_is_due_again) {
  repeat_table::entry& of = add(event());
  pass(milliseconds(60'000));
  BOOST_REQUIRE(table.take_due(now, 10).size() == 1);
  ++of.second.count; // while it is written
  table.settle(of, false, now);
  BOOST_TEST(table.events() == 2);
  BOOST_TEST(table.take_due(now, 10).empty());
  pass(milliseconds(60'000));
  BOOST_TEST(write_due() == 2);
  BOOST_TEST(table.lines() == 0);
}

BOOST_AUTO_TEST_CASE(what_comes_while_it_is_written_is_due_later) {
  repeat_table::entry& of = add(event());
  of.second.written = true;
  pass(milliseconds(60'000));
  BOOST_REQUIRE(table.take_due(now, 10).size() == 1);
  ++of.second.count;
  table.settle(of, true, now);
  BOOST_TEST(of.second.count == 1);
  BOOST_TEST(of.second.written);
  pass(milliseconds(60'000));
  BOOST_TEST(write_due() == 1);
}

BOOST_AUTO_TEST_CASE(a_line_that_is_held_stays) {
  repeat_table::entry& of = table.line_of(event(), now);
  of.second.users = 1;
  for (int i = 0; i < 3; ++i) {
    pass(milliseconds(60'000));
    BOOST_TEST(write_due() == 0);
    BOOST_TEST(table.lines() == 1);
  }
  of.second.users = 0;
  pass(milliseconds(60'000));
  BOOST_TEST(write_due() == 0);
  BOOST_TEST(table.lines() == 0);
}

BOOST_AUTO_TEST_CASE(whoever_comes_from_ever_new_addresses_is_counted_by_name) {
  for (int i = 0; i < 10'000; ++i) {
    const level at = add("dr.grey", "2001:db8::" + std::to_string(i));
    BOOST_TEST((at == (i < 16 ? level::address : level::subject)));
  }
  BOOST_TEST(table.lines() == 17);
  BOOST_TEST((add("dr.grey", "2001:db8::3") == level::address));  // it has its line
  BOOST_TEST((add("dr.osei", "2001:db8::99") == level::address)); // a colleague is not affected
  pass(milliseconds(60'000));
  BOOST_TEST(write_due() == 10'002);
  BOOST_TEST(table.lines() == 0);
  BOOST_TEST((add("dr.grey", "2001:db8::1234") == level::address));
}

BOOST_AUTO_TEST_CASE(whoever_invents_subjects_is_counted_by_provider) {
  for (int i = 0; i < 10'000; ++i) add("somebody-" + std::to_string(i));
  BOOST_TEST(table.lines() == 257);
  BOOST_TEST((add("somebody-else") == level::provider));
  BOOST_TEST((add("somebody-7") == level::address));
  BOOST_TEST((add("dr.grey", "203.0.113.77", "clinic-2") == level::address)); // unchanged elsewhere
  const store::repeatable_event said = repeat_table::event_of(add(event("somebody-else")));
  BOOST_TEST(said.provider_id == "clinic-1");
  BOOST_TEST(said.actor.role == "several");
  BOOST_TEST(said.actor.subject == "");
  BOOST_TEST(said.actor.address == "");
  pass(milliseconds(60'000));
  BOOST_TEST(write_due() == 10'004);
}

BOOST_AUTO_TEST_CASE(whoever_invents_providers_is_counted_by_action) {
  for (int i = 0; i < 10'000; ++i) add("dr.grey", "203.0.113.77", "clinic-" + std::to_string(i));
  BOOST_TEST(table.lines() == 4096 + 1024 + 1);
  const store::repeatable_event said = repeat_table::event_of(add(event("dr.grey", "", "clinic-x")));
  BOOST_TEST(said.provider_id == "");
  BOOST_TEST(said.actor.role == "several");
  BOOST_TEST(said.outcome == "foreign_provider");
  pass(milliseconds(60'000));
  BOOST_TEST(write_due() == 10'001);
  BOOST_TEST(table.lines() == 0);
}

BOOST_AUTO_TEST_SUITE_END()

// The law: whatever comes, no event is lost and none is counted twice, and the lines are bounded.
BOOST_AUTO_TEST_CASE(repeats_law) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&random](unsigned n) { return static_cast<unsigned>(random() % n); };
    counted c({.window = milliseconds(100),
               .lines = 1 + below(40),
               .providers = below(5),
               .lines_of_provider = 1 + below(10),
               .addresses_of_subject = 1 + below(4)});
    std::uint64_t came = 0, told = 0;
    std::vector<repeat_table::entry*> leaving;
    for (int step = 0; step < 3000; ++step) {
      if (below(10) > 0) {
        const std::string subject = "s" + std::to_string(below(6)), address = "a" + std::to_string(below(6)),
                          provider = "p" + std::to_string(below(12));
        store::repeatable_event e = counted::event(subject, address, provider);
        if (below(3) == 0) e.action = audit_action::read;
        c.add(e);
        ++came;
      } else if (leaving.empty()) {
        leaving = c.table.take_due(c.now, below(8));
      } else {
        for (repeat_table::entry* of : leaving) {
          const bool written = below(2) == 0;
          if (written) told += of->second.leaving;
          c.table.settle(*of, written, c.now);
        }
        leaving.clear();
      }
      c.pass(milliseconds(below(12)));
      BOOST_REQUIRE(told + c.table.events() == came);
      BOOST_REQUIRE(c.table.lines() <= 40 + 5 + 2);
    }
  }
}

} // namespace
} // namespace invited::test
