// Audit events that repeat, over a real Redis. The first is written at once, the others as a count.
#include "store/audit/audit_digest.hpp"

#include "tests/store/audit/audit_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace invited::test {
namespace {

using std::chrono::milliseconds;
using store::audit_action;

constexpr milliseconds window{1000};

struct digested {
  redis_server redis;
  store_side side{redis};
  store::audit_log log{side.connection(), side.lane(), side.seals()};
  std::atomic<bool> full{false};
  store::repeat_table::clock::time_point now{};
  store::audit_digest digest{log, full, {.window = window}, [this] { return now; }};
  const std::string aud{store::group_key("aud", store::group_of("clinic-1"))};

  static store::repeatable_event refusal(std::string_view subject = "dr.grey",
                                         std::string_view address = "203.0.113.77",
                                         std::string_view provider = "clinic-1") {
    return {provider, audit_action::refused, "foreign_provider", {"clinician", subject, address}};
  }
  static constexpr store::repeatable_event reading{"clinic-1", audit_action::read, {}, a_clinician};

  void note(const store::repeatable_event& e) { side.run(digest.note(e)); }
  void end_window() {
    now += window;
    while (side.run(digest.write_due())) {
    }
  }
  std::int64_t entries() const { return std::stoll(redis.command({"XLEN", aud}).substr(1)); }
  std::vector<store::audit_event> events(std::string_view provider = "clinic-1") {
    std::vector<store::audit_event> all;
    store::audit_query q{.provider_id = provider};
    for (;;) {
      store::audit_page page = side.run(log.read(q)).value();
      std::ranges::move(page.events, std::back_inserter(all));
      if (!page.next) return all;
      q.before = *page.next;
    }
  }
  std::uint64_t sum(std::string_view provider = "clinic-1") {
    std::uint64_t n = 0;
    for (const store::audit_event& e : events(provider)) n += e.count;
    return n;
  }
};

BOOST_FIXTURE_TEST_SUITE(audit_digesting, digested)

BOOST_AUTO_TEST_CASE(the_first_is_written_at_once_and_the_others_together) {
  for (int i = 0; i < 813; ++i) note(refusal());
  BOOST_TEST(entries() == 1);
  BOOST_TEST(events().front().count == 1);
  end_window();
  const auto told = events();
  BOOST_TEST_REQUIRE(told.size() == 2);
  BOOST_TEST(told[0].count == 812);
  BOOST_TEST((told[0].action == audit_action::refused));
  BOOST_TEST(told[0].outcome == "foreign_provider");
  BOOST_TEST(!told[0].ref);
  for (const store::audit_event& e : told) {
    BOOST_TEST(e.actor.value().role == "clinician");
    BOOST_TEST(e.actor.value().subject == "dr.grey");
    BOOST_TEST(e.actor.value().address == "203.0.113.77");
  }
  end_window();
  BOOST_TEST(entries() == 2);
  note(refusal()); // in another minute it is a first one again
  BOOST_TEST(entries() == 3);
}

BOOST_AUTO_TEST_CASE(one_alone_has_no_count) {
  note(refusal());
  note(refusal("dr.osei"));
  note(reading);
  end_window();
  BOOST_TEST(entries() == 3);
  BOOST_TEST(redis.command({"XRANGE", aud, "-", "+"}).find("\r\nn\r\n") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_first_line_waits_for_nobody_and_nobody_for_it) {
  store::audit_digest::trace first = digest.begin(reading), second = digest.begin(reading);
  BOOST_TEST(first.actor().subject == "dr.grey");
  BOOST_TEST(second.actor().role.empty());
  second.written();
  first.written();
  BOOST_TEST(digest.waiting() == 1);
}

BOOST_AUTO_TEST_CASE(what_did_not_happen_leaves_nothing) {
  {
    store::audit_digest::trace failed = digest.begin(reading);
    BOOST_TEST(!failed.actor().role.empty());
  }
  store::audit_digest::trace next = digest.begin(reading); // the first, because the one before failed
  BOOST_TEST(!next.actor().role.empty());
  next.written();
  {
    store::audit_digest::trace failed = digest.begin(reading);
    BOOST_TEST(digest.waiting() == 1);
  }
  BOOST_TEST(digest.waiting() == 0);
}

BOOST_AUTO_TEST_CASE(what_fails_while_the_count_is_written_is_not_taken_off_twice) {
  store::audit_digest::trace kept = digest.begin(reading);
  kept.written();
  {
    store::audit_digest::trace failed = digest.begin(reading);
    now += window;
    task<bool> writing = digest.write_due();
    bool ended = false;
    const auto wake = [](void* flag) { *static_cast<bool*>(flag) = true; };
    BOOST_REQUIRE(!writing.start(wake, &ended));
    {
      store::audit_digest::trace gone = std::move(failed); // its event is on its way to the audit
    }
    BOOST_REQUIRE(wait_until([&] {
      side.poll();
      return ended;
    }));
    writing.take();
  }
  BOOST_TEST(digest.waiting() == 0);
  BOOST_TEST(sum() == 1); // the holder of the kept one writes its line itself
}

BOOST_AUTO_TEST_CASE(an_event_that_cannot_be_written_is_counted_and_written_later) {
  redis.command({"CONFIG", "SET", "maxmemory", "1"});
  for (int i = 0; i < 5; ++i) note(refusal());
  end_window();
  BOOST_TEST(digest.waiting() == 5);
  BOOST_TEST(entries() == 0);
  redis.command({"CONFIG", "SET", "maxmemory", "0"});
  note(refusal()); // written at once, because there was no line yet
  BOOST_TEST(entries() == 1);
  end_window();
  BOOST_TEST(entries() == 2);
  BOOST_TEST(sum() == 6);
  BOOST_TEST(digest.waiting() == 0);
}

BOOST_AUTO_TEST_CASE(with_redis_away_nothing_is_forgotten) {
  note(refusal());
  redis.stop();
  BOOST_REQUIRE(wait_until([this] {
    side.poll();
    return !side.connection().ready();
  }));
  for (int i = 0; i < 7; ++i) note(refusal());
  end_window();
  BOOST_TEST(digest.waiting() == 7);
  redis.start();
  BOOST_REQUIRE(wait_until([this] {
    side.poll();
    return side.connection().ready();
  }));
  end_window();
  BOOST_TEST(sum() == 8);
}

BOOST_AUTO_TEST_CASE(while_the_audit_is_full_all_is_counted_and_written_when_there_is_room) {
  note(refusal());
  full = true;
  for (int i = 0; i < 3; ++i) note(refusal());
  for (int i = 0; i < 4; ++i) note(reading);
  end_window();
  end_window();
  BOOST_TEST(entries() == 1);
  BOOST_TEST(digest.waiting() == 7);
  BOOST_TEST(digest.suppressed() == 7);
  full = false;
  note(reading); // written at once
  BOOST_TEST(entries() == 2);
  end_window();
  BOOST_TEST(sum() == 9);
  BOOST_TEST(digest.waiting() == 0);
  BOOST_TEST(digest.suppressed() == 7);
}

BOOST_AUTO_TEST_CASE(a_clean_stop_writes_everything_at_once) {
  for (int i = 0; i < 700; ++i) {
    const std::string subject = "dr-" + std::to_string(i % 350), provider = "clinic-" + std::to_string(i % 2);
    note(refusal(subject, "203.0.113.77", provider));
  }
  full = true; // an operator causes it, not a flood
  side.run(digest.write_all());
  BOOST_TEST(digest.waiting() == 0);
  BOOST_TEST(sum("clinic-0") + sum("clinic-1") == 700);
}

BOOST_AUTO_TEST_CASE(a_stop_with_redis_full_ends_and_reports_what_is_left) {
  for (int i = 0; i < 3; ++i) note(refusal());
  redis.command({"CONFIG", "SET", "maxmemory", "1"});
  side.run(digest.write_all());
  BOOST_TEST(digest.waiting() == 2);
}

BOOST_AUTO_TEST_CASE(ten_thousand_invented_subjects_are_a_few_hundred_entries) {
  for (int round = 0; round < 2; ++round) {
    for (int i = 0; i < 5000; ++i) note(refusal("somebody-" + std::to_string(i)));
    for (int i = 0; i < 5000; ++i) note(refusal("dr.grey", "2001:db8::" + std::to_string(i)));
  }
  end_window();
  BOOST_TEST(sum() == 20'000);
  BOOST_TEST(entries() <= 2 * 257);
  BOOST_TEST(events().front().actor.value().role == "several");
}

BOOST_AUTO_TEST_CASE(whoever_invents_providers_gets_no_further_than_the_table) {
  constexpr int calls = 8000;
  for (int i = 0; i < calls; ++i) note(refusal("dr.grey", "203.0.113.77", "invented-" + std::to_string(i)));
  end_window();
  std::int64_t lines = 0;
  for (int g = 0; g < 256; ++g) {
    const std::string key(store::group_key("aud", static_cast<store::group>(g)));
    lines += std::stoll(redis.command({"XLEN", key}).substr(1));
  }
  BOOST_TEST(lines == 4096 + 1024 + 1);
  const auto rest = events("");
  BOOST_TEST_REQUIRE(rest.size() == 1);
  BOOST_TEST(rest[0].count == calls - 4096 - 1024);
}

BOOST_AUTO_TEST_CASE(a_count_that_is_not_a_number_is_not_an_event) {
  for (const char* n : {"0", "-1", "1x", " 1", "99999999999999999999", "x"})
    redis.command({"XADD", aud, "*", "a", "f", "h", "", "p", "clinic-1", "s", "", "n", n});
  BOOST_TEST(events().empty());
  redis.command({"XADD", aud, "*", "a", "f", "h", "", "p", "clinic-1", "s", "", "n", "18446744073709551615"});
  redis.command({"XADD", aud, "*", "a", "f", "h", "", "p", "clinic-1", "s", "", "o", "x", "n", "7"});
  const auto told = events();
  BOOST_TEST_REQUIRE(told.size() == 2);
  BOOST_TEST(told[0].count == 7);
  BOOST_TEST(told[0].outcome == "x");
  BOOST_TEST(told[1].count == 18'446'744'073'709'551'615u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
