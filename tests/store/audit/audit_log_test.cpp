#include "store/audit/audit_log.hpp"

#include "tests/store/audit/audit_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

namespace invited::test {
namespace {

using store::audit_action;

struct reading {
  redis_server redis;
  store_side side{redis};
  store::audit_log log{side.connection(), side.lane(), side.seals()};
  const std::string neighbour = neighbour_of("clinic-1");
  const store::group tag = store::group_of("clinic-1");
  const std::string aud{store::group_key("aud", tag)};
  const std::string idx{store::provider_key("idx", tag, "clinic-1")};
  const store::audit_actor grey{"clinician", "dr.grey", "203.0.113.77"};

  store::audit_page read(store::audit_query q = {}) {
    if (q.provider_id.empty()) q.provider_id = "clinic-1";
    return side.run(log.read(q)).value();
  }
  store::invite_ref make(std::string_view provider = "clinic-1") {
    return side.create(some_invite(provider)).invite.ref;
  }
  void add(audit_action action, const store::invite_ref* ref = nullptr,
           std::string_view provider = "clinic-1", std::string id = "*") {
    const std::string reply = add_audit_event(redis, side.seals(), provider, action, grey,
                                              ref ? &ref->h : nullptr, {}, std::move(id));
    BOOST_REQUIRE_MESSAGE(reply.front() == '$', reply);
  }
  /// All pages, beginning where `q` points.
  std::vector<store::audit_event> walk(store::audit_query q = {}) {
    std::vector<store::audit_event> all;
    for (int pages = 0; pages < 100; ++pages) {
      store::audit_page page = read(q);
      BOOST_TEST(page.events.size() <= store::audit_log::page_size);
      std::move(page.events.begin(), page.events.end(), std::back_inserter(all));
      if (!page.next) return all;
      BOOST_TEST((*page.next != q.before)); // the position advances
      q.before = *page.next;
    }
    BOOST_FAIL("the pages do not end");
    return all;
  }
  static std::string letters(const std::vector<store::audit_event>& events) {
    std::string out;
    for (const store::audit_event& e : events) out += static_cast<char>(e.action);
    return out;
  }
};

BOOST_FIXTURE_TEST_SUITE(audit_reading, reading)

BOOST_AUTO_TEST_CASE(a_provider_without_events) {
  const store::audit_page page = read();
  BOOST_TEST(page.events.empty());
  BOOST_TEST(!page.next);
}

BOOST_AUTO_TEST_CASE(an_event_says_who_what_where_and_how) {
  const store::invite_ref ref = make();
  add_audit_event(redis, side.seals(), "clinic-1", audit_action::refused, grey, &ref.h, "foreign_provider");
  add_audit_event(redis, side.seals(), "clinic-1", audit_action::expired, {}, &ref.h);
  add_audit_event(redis, side.seals(), "clinic-1", audit_action::signed_in, grey);
  const auto events = read().events;
  BOOST_TEST_REQUIRE(letters(events) == "ixfc");
  BOOST_TEST(!events[0].ref);
  BOOST_TEST(events[1].actor.value().role == "");
  BOOST_TEST((events[1].ref == ref));
  BOOST_TEST(events[2].outcome == "foreign_provider");
  BOOST_TEST(events[2].actor.value().role == "clinician");
  BOOST_TEST(events[2].actor.value().subject == "dr.grey");
  BOOST_TEST(events[2].actor.value().address == "203.0.113.77");
  BOOST_TEST((events[3].ref == ref));
  BOOST_TEST(events[3].actor.value().subject == "dr.grey");
  BOOST_TEST(events[3].outcome == "");
  BOOST_TEST(events[3].at > 0);
}

BOOST_AUTO_TEST_CASE(creations_and_other_events_come_in_one_order) {
  const auto next_moment = [] {
    BOOST_REQUIRE(wait_until([before = std::chrono::system_clock::now()] {
      return std::chrono::system_clock::now() > before + std::chrono::milliseconds(2);
    }));
  };
  for (int i = 0; i < 5; ++i) {
    make();
    next_moment();
    add(audit_action::viewed);
    next_moment();
  }
  BOOST_TEST(letters(read().events) == "wcwcwcwcwc");
  BOOST_TEST(letters(walk()) == "wcwcwcwcwc");
}

BOOST_AUTO_TEST_CASE(a_neighbour_in_the_group_is_not_seen_and_makes_pages_short) {
  add(audit_action::viewed);
  for (int i = 0; i < 2100; ++i) add(audit_action::revoked, nullptr, neighbour);
  make(neighbour);
  add(audit_action::read);
  const store::audit_page first = read();
  BOOST_TEST(letters(first.events) == "g");
  BOOST_TEST(first.next.has_value()); // 900 were read
  BOOST_TEST(letters(walk()) == "gw");
}

BOOST_AUTO_TEST_CASE(every_event_is_on_exactly_one_page) {
  std::set<std::string> wanted;
  for (int i = 0; i < 250; ++i) {
    const store::invite_ref ref = make();
    wanted.insert("c" + to_text(ref));
    add(audit_action::viewed, &ref);
    wanted.insert("w" + to_text(ref));
  }
  std::set<std::string> seen;
  std::int64_t last = std::numeric_limits<std::int64_t>::max();
  for (const store::audit_event& e : walk()) {
    BOOST_TEST(e.at <= last);
    last = e.at;
    BOOST_TEST(seen.insert(static_cast<char>(e.action) + to_text(*e.ref)).second);
  }
  BOOST_TEST((seen == wanted));
}

BOOST_AUTO_TEST_CASE(a_cursor_stays_right_while_events_are_added) {
  for (int i = 0; i < 150; ++i) {
    make();
    add(audit_action::viewed);
  }
  store::audit_query q;
  std::string seen;
  for (;;) {
    const store::audit_page page = read(q);
    seen += letters(page.events);
    for (int i = 0; i < 20; ++i) add(audit_action::revoked); // all of them newer
    make();
    if (!page.next) break;
    q.before = *page.next;
  }
  BOOST_TEST(std::ranges::count(seen, 'c') == 150);
  BOOST_TEST(std::ranges::count(seen, 'w') == 150);
  BOOST_TEST(std::ranges::count(seen, 'v') == 0);
}

BOOST_AUTO_TEST_CASE(events_of_one_millisecond_are_told_apart) {
  for (int i = 0; i < 230; ++i) add(audit_action::viewed, nullptr, "clinic-1", "5000-" + std::to_string(i));
  for (int i = 0; i < 120; ++i)
    redis.command({"XADD", idx, "5000-" + std::to_string(i), "h", std::string(16, 'h'), "c", ""});
  const std::string seen = letters(walk());
  BOOST_TEST(std::ranges::count(seen, 'w') == 230);
  BOOST_TEST(std::ranges::count(seen, 'c') == 120);
}

BOOST_AUTO_TEST_CASE(one_invites_story) {
  const store::invite_ref other = make();
  for (int i = 0; i < 700; ++i) add(audit_action::viewed, &other);
  const store::invite_ref ref = make();
  add(audit_action::viewed, &ref);
  for (int i = 0; i < 150; ++i) make();
  add(audit_action::redeemed, &ref);
  store::audit_query q;
  q.of = ref.h;
  const auto events = walk(q);
  BOOST_TEST(letters(events) == "rwc");
  for (const store::audit_event& e : events) BOOST_TEST((e.ref == ref));
  redis.command({"DEL", std::string(store::invite_key("log", tag, ref.h))}); // its retention is over
  BOOST_TEST(letters(walk(q)) == "rwc");
  q.provider_id = neighbour;
  BOOST_TEST(walk(q).empty());
}

BOOST_AUTO_TEST_CASE(one_invites_story_in_a_stretch_of_time) {
  const store::invite_ref ref = make();
  const std::int64_t made = read().events.front().at;
  redis.command({"EVAL", "redis.call('SETRANGE', KEYS[1], 8, struct.pack('>I6', ARGV[1]))", "1",
                 std::string(store::invite_key("log", ref.tag, ref.h)),
                 std::to_string(made - 1)}); // as happens if the script that creates it takes a moment
  add(audit_action::viewed, &ref, "clinic-1", std::to_string(made + 1000) + "-0");
  store::audit_query q;
  q.of = ref.h;
  q.to = made + 1;
  BOOST_TEST(letters(walk(q)) == "c");
  q.to = made;
  BOOST_TEST(letters(walk(q)) == "");
  q.to.reset();
  q.from = made + 1;
  BOOST_TEST(letters(walk(q)) == "w");
  q.from = made;
  BOOST_TEST(letters(walk(q)) == "wc");
}

BOOST_AUTO_TEST_CASE(from_is_in_and_to_is_out) {
  for (const char* id : {"1000-0", "2000-0", "2000-1", "3000-0"})
    add(audit_action::viewed, nullptr, "clinic-1", id);
  const auto between = [this](std::int64_t from, std::int64_t to) {
    store::audit_query q;
    q.from = from;
    q.to = to;
    return walk(q).size();
  };
  BOOST_TEST(between(0, 4000) == 4u);
  BOOST_TEST(between(1000, 3000) == 3u);
  BOOST_TEST(between(1001, 3001) == 3u);
  BOOST_TEST(between(2000, 2000) == 0u);
  BOOST_TEST(between(0, 0) == 0u);
  BOOST_TEST(between(0, -5) == 0u);
  BOOST_TEST(between(5000, 1000) == 0u);
}

BOOST_AUTO_TEST_CASE(a_made_up_cursor_is_not_an_error) {
  add(audit_action::viewed);
  make();
  using store::index_position;
  for (const index_position at : {index_position{0, 0}, {0, 1}, {1, 0}, store::audit_position::newest}) {
    store::audit_query q;
    q.before = {at, at};
    BOOST_TEST(read(q).events.size() == (at == store::audit_position::newest ? 2u : 0u));
  }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_opened_is_shown_without_its_actor) {
  const store::invite_ref ref = make();
  add(audit_action::viewed, &ref);
  redis.command({"XADD", aud, "*", "a", "v", "h", std::string(store::as_text(ref.h)), "p", "clinic-1", "s",
                 "garbage that is no seal"});
  const std::string other_keys = std::string(second_seal_line) + std::string(test_index_line);
  store_side keyless(redis, other_keys);
  store::audit_log without(keyless.connection(), keyless.lane(), keyless.seals());
  store::audit_query q;
  q.provider_id = "clinic-1";
  const auto page = keyless.run(without.read(q)).value();
  BOOST_TEST(letters(page.events) == "vwc");
  for (const store::audit_event& e : page.events) BOOST_TEST(!e.actor);
  const auto events = read().events;
  BOOST_TEST(!events[0].actor);
  BOOST_TEST(events[1].actor.has_value());
}

BOOST_AUTO_TEST_CASE(what_is_not_an_event_is_left_out) {
  add(audit_action::viewed);
  const std::string h(16, 'h');
  redis.command({"XADD", aud, "*", "x", "y"});
  redis.command({"XADD", aud, "*", "a", "?", "h", h, "p", "clinic-1", "s", ""});
  redis.command({"XADD", aud, "*", "a", "v", "h", "short", "p", "clinic-1", "s", ""});
  redis.command({"XADD", aud, "*", "p", "clinic-1", "a", "v", "h", h, "s", ""});
  redis.command({"XADD", idx, "*", "q", "1"});
  add(audit_action::read);
  BOOST_TEST(letters(walk()) == "gw");
}

BOOST_AUTO_TEST_CASE(one_call_looks_at_a_thousand_entries_at_the_most) {
  for (int i = 0; i < 1500; ++i) add(audit_action::viewed, nullptr, neighbour);
  for (int i = 0; i < 300; ++i) make();
  redis.command({"CONFIG", "RESETSTAT"});
  redis.command({"CONFIG", "SET", "slowlog-log-slower-than", "0"});
  read();
  const std::string slow = redis.command({"SLOWLOG", "GET", "1"});
  BOOST_TEST(slow.find("EVALSHA") != slow.npos);
  BOOST_TEST(slow.find("\r\n$3\r\n900\r\n$3\r\n100\r\n$3\r\n100\r\n") != slow.npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
