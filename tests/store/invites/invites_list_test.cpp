#include "store/keys/keys.hpp"
#include "tests/store/audit/audit_fixture.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {
namespace {

struct listed {
  redis_server redis;
  store_side side{redis};

  store::invite_page list(store::list_query q) {
    if (q.provider_id.empty()) q.provider_id = "clinic-1";
    return side.run(side.invites().list(q)).value();
  }
  store::invite_ref make(std::string_view email = "ada@example.org", std::string_view provider = "clinic-1",
                         std::chrono::milliseconds ttl = std::chrono::hours(1)) {
    store::new_invite wanted = some_invite(provider);
    wanted.email = email;
    wanted.ttl = ttl;
    return side.create(wanted).invite.ref;
  }
  std::vector<store::invite_ref> make_many(std::size_t n) {
    std::vector<store::invite_ref> made;
    for (std::size_t i = 0; i < n; ++i) made.push_back(make());
    return made;
  }
  std::int64_t redis_ms() {
    const std::string now = redis.command(
        {"EVAL", "local t = redis.call('TIME') return t[1] * 1000 + math.floor(t[2] / 1000)", "0"});
    return std::stoll(now.substr(1));
  }
  static std::vector<store::invite_ref> refs(const store::invite_page& page) {
    std::vector<store::invite_ref> out;
    for (const store::invite_details& invite : page.invites) out.push_back(invite.ref);
    return out;
  }
  /// All pages, from the first on.
  std::vector<store::invite_ref> walk(store::list_query q, std::size_t most_pages = 100) {
    std::vector<store::invite_ref> all;
    for (std::size_t i = 0; i < most_pages; ++i) {
      const store::invite_page page = list(q);
      for (const store::invite_ref& ref : refs(page)) all.push_back(ref);
      if (!page.next) return all;
      q.before = page.next;
    }
    BOOST_FAIL("the pages do not end");
    return all;
  }
};

std::vector<store::invite_ref> reversed(std::vector<store::invite_ref> refs) {
  std::reverse(refs.begin(), refs.end());
  return refs;
}

BOOST_FIXTURE_TEST_SUITE(listing, listed)

BOOST_AUTO_TEST_CASE(a_provider_without_invites) {
  const store::invite_page page = list({});
  BOOST_TEST(page.invites.empty());
  BOOST_TEST(!page.next);
}

BOOST_AUTO_TEST_CASE(newest_first_in_pages_of_every_size) {
  const auto made = reversed(make_many(11));
  make("bob@example.org", "clinic-2"); // another patient's
  for (const std::size_t limit : {1u, 2u, 3u, 10u, 11u, 12u, 200u}) {
    store::list_query q{};
    q.limit = limit;
    BOOST_TEST_CONTEXT(limit) BOOST_TEST((walk(q) == made));
  }
}

BOOST_AUTO_TEST_CASE(pages_stay_right_while_invites_are_added_and_end) {
  const auto made = reversed(make_many(6));
  store::list_query q{};
  q.limit = 2;
  const store::invite_page first = list(q);
  make_many(3); // newer than every page that is still to come
  side.run(side.invites().end(made[2], store::provider_scope::all(), store::ending::revoke, a_clinician))
      .value();
  // Its retention has ended.
  redis.command({"DEL", std::string(store::invite_key("log", made[4].tag, made[4].h))});
  q.before = first.next;
  const auto rest = walk(q);
  BOOST_TEST((rest == std::vector<store::invite_ref>{made[2], made[3], made[5]}));
}

BOOST_AUTO_TEST_CASE(states_as_of_now) {
  const store::invite_ref pending = make(),
                          expired = make("ada@example.org", "clinic-1", std::chrono::milliseconds(1)),
                          revoked = make();
  side.run(side.invites().end(revoked, store::provider_scope::all(), store::ending::revoke, a_clinician))
      .value();
  store::list_query q{};
  BOOST_REQUIRE(wait_until([&] {
    q.state = store::invite_state::expired;
    return refs(list(q)) == std::vector<store::invite_ref>{expired};
  }));
  q.state = store::invite_state::pending;
  BOOST_TEST((refs(list(q)) == std::vector<store::invite_ref>{pending}));
  q.state = store::invite_state::revoked;
  BOOST_TEST((refs(list(q)) == std::vector<store::invite_ref>{revoked}));
  q.state = store::invite_state::redeemed;
  BOOST_TEST(list(q).invites.empty());
  q.state.reset();
  BOOST_TEST(list(q).invites.size() == 3u);
  q.locked = true;
  BOOST_TEST(list(q).invites.empty());
  q.locked = false;
  q.asked = false;
  BOOST_TEST(list(q).invites.size() == 3u);
}

BOOST_AUTO_TEST_CASE(by_email_whatever_its_case_and_only_this_providers) {
  const store::invite_ref ada = make("Ada@Example.org"), bob = make("bob@example.org"),
                          again = make("ada@example.org");
  make("ada@example.org", "clinic-2");
  store::list_query q{};
  q.email = "ADA@example.ORG";
  BOOST_TEST((refs(list(q)) == std::vector<store::invite_ref>{again, ada}));
  q.email = "bob@example.org";
  BOOST_TEST((refs(list(q)) == std::vector<store::invite_ref>{bob}));
  q.email = "nobody@example.org";
  BOOST_TEST(list(q).invites.empty());
  side.run(side.invites().end(bob, store::provider_scope::all(), store::ending::erase, a_clinician)).value();
  q.email = "bob@example.org";
  BOOST_TEST(list(q).invites.empty()); // erased, so the address no longer finds it
}

BOOST_AUTO_TEST_CASE(an_invite_without_an_email_is_found_by_none) {
  const store::invite_ref phone_only = make(""), ada = make("ada@example.org");
  const std::string log(store::invite_key("log", phone_only.tag, phone_only.h));
  BOOST_TEST(redis.command({"GETRANGE", log, "66", "73"}) ==
             "$8\r\n" + std::string(store::ledger_blind_size, '\0') + "\r\n");
  store::list_query q{};
  BOOST_TEST((refs(list(q)) == std::vector<store::invite_ref>{ada, phone_only}));
  for (const std::string_view email : {"ada@example.org", "x@example.org", "x@exämple.org"}) {
    q.email = email;
    BOOST_TEST(std::ranges::count(refs(list(q)), phone_only) == 0);
  }
}

BOOST_AUTO_TEST_CASE(by_email_in_either_form_of_its_domain) {
  const store::invite_ref typed = make("x@Exämple.org"), ascii = make("X@xn--exmple-cua.org");
  make("x@example.org");
  // As a server before this form left it: only ASCII letters are small.
  const store::invite_ref older = make("y@example.org");
  const std::string log(store::invite_key("log", older.tag, older.h));
  const store::bytes32 index = side.seals().blind("email", {"clinic-1", "x@exÄmple.org"});
  redis.command(
      {"SETRANGE", log, "66", std::string(store::as_text(index).substr(0, store::ledger_blind_size))});
  store::list_query q{};
  for (const std::string_view text : {"x@exämple.org", "X@EXäMPLE.ORG", "x@xn--exmple-cua.org"}) {
    q.email = text;
    BOOST_TEST((refs(list(q)) == std::vector<store::invite_ref>{ascii, typed}), text);
  }
  q.email = "x@EXÄMPLE.org";
  BOOST_TEST((refs(list(q)) == std::vector<store::invite_ref>{older, ascii, typed}));
}

BOOST_AUTO_TEST_CASE(a_filter_that_finds_little_ends_in_bounded_steps) {
  store::new_invite wanted = some_invite();
  wanted.limit = {1e6, 1'000'000};
  wanted.email = "rare@example.org";
  const store::invite_ref rare = side.create(wanted).invite.ref;
  wanted.email = "common@example.org";
  for (int i = 0; i < 1'200; ++i) side.create(wanted);
  store::list_query q{};
  q.email = "rare@example.org";
  const store::invite_page first = list(q);
  BOOST_TEST(first.invites.empty()); // a thousand were read
  BOOST_REQUIRE(first.next);
  BOOST_TEST((walk(q) == std::vector<store::invite_ref>{rare}));
}

BOOST_AUTO_TEST_CASE(by_time_of_creation) {
  const store::invite_ref old = make();
  const std::int64_t first_at = list({}).invites.front().created_at;
  BOOST_REQUIRE(
      wait_until([&] { return list({}).invites.front().created_at > first_at || (make(), false); }));
  const auto all = walk({});
  const std::int64_t last_at = list({}).invites.front().created_at;
  store::list_query q{};
  q.created_before = last_at;
  for (const store::invite_details& invite : list(q).invites) BOOST_TEST(invite.created_at < last_at);
  BOOST_TEST((walk(q).back() == old));
  q.created_before.reset();
  q.created_after = last_at;
  for (const store::invite_details& invite : list(q).invites) BOOST_TEST(invite.created_at >= last_at);
  BOOST_TEST((walk(q).front() == all.front()));
  q.created_before = last_at;
  BOOST_TEST(list(q).invites.empty());
  q = {};
  q.created_before = 0;
  BOOST_TEST(list(q).invites.empty());
  q.created_after = -1; // long ago
  q.created_before.reset();
  BOOST_TEST((walk(q) == all));
  q.created_before = last_at + 1; // with a cursor as well, the nearer bound counts
  q.before = store::index_position{0, 0};
  BOOST_TEST(list(q).invites.empty());
}

BOOST_AUTO_TEST_CASE(requests_for_new_links_come_in_their_own_order_however_old_the_invite_is) {
  const std::vector<store::invite_ref> made = make_many(5);
  const store::invite_ref other = make("ada@example.org", neighbour_of("clinic-1"));
  for (const store::invite_ref& ref : {made[3], made[0], other, made[1]}) {
    BOOST_TEST(side.run(side.invites().ask(ref)).has_value());
    const std::int64_t asked = redis_ms();
    BOOST_REQUIRE(wait_until([&] { return redis_ms() > asked; }));
  }
  store::list_query q{.provider_id = "clinic-1", .asked = true};
  const std::vector<store::invite_ref> wanted = {made[1], made[0], made[3]};
  BOOST_TEST((refs(list(q)) == wanted));
  q.limit = 1;
  BOOST_TEST((walk(q) == wanted));
  // A request in between comes first, and moves no page that is still to come.
  const store::invite_page first = list(q);
  BOOST_TEST(side.run(side.invites().ask(made[4])).has_value());
  q.before = first.next;
  BOOST_TEST((walk(q) == std::vector<store::invite_ref>{made[0], made[3]}));
}

BOOST_AUTO_TEST_CASE(requests_within_one_millisecond_are_all_paged) {
  const std::vector<store::invite_ref> made = make_many(7);
  const store::group tag = store::group_of("clinic-1");
  for (const store::invite_ref& ref : made) BOOST_TEST(side.run(side.invites().ask(ref)).has_value());
  for (const store::invite_ref& ref : made) {
    redis.command({"ZADD", std::string(store::group_key("ask", tag)), "1700000000000",
                   std::string(store::as_text(ref.h)) + "clinic-1"});
  }
  store::list_query q{.provider_id = "clinic-1", .asked = true, .limit = 2};
  std::vector<store::invite_ref> all = walk(q);
  BOOST_TEST(all.size() == 7U);
  for (const store::invite_ref& ref : made) BOOST_TEST(std::ranges::count(all, ref) == 1);
}

BOOST_AUTO_TEST_CASE(requests_are_filtered_like_everything_else) {
  const std::vector<store::invite_ref> made = make_many(2);
  for (const store::invite_ref& ref : made) BOOST_TEST(side.run(side.invites().ask(ref)).has_value());
  const auto ended =
      side.run(side.invites().end(made[0], store::provider_scope::all(), store::ending::revoke, a_clinician));
  BOOST_TEST(!!ended.value());
  store::list_query q{.provider_id = "clinic-1", .state = store::invite_state::pending, .asked = true};
  BOOST_TEST((refs(list(q)) == std::vector<store::invite_ref>{made[1]}));
  q.created_before = 1;
  BOOST_TEST(list(q).invites.empty());
  q = {.provider_id = "clinic-1", .asked = true, .email = "nobody@example.org"};
  BOOST_TEST(list(q).invites.empty());
}

BOOST_AUTO_TEST_CASE(a_request_is_forgotten_when_its_ledger_must_be_gone) {
  const std::string asked(store::group_key("ask", store::group_of("clinic-1")));
  const std::string old_ms = std::to_string(redis_ms() - std::int64_t{121} * 86'400'000);
  for (int i = 0; i < 12; ++i)
    redis.command({"ZADD", asked, old_ms, "0123456789abcd" + std::to_string(10 + i) + "clinic-1"});
  for (const store::invite_ref& ref : make_many(2)) BOOST_TEST(side.run(side.invites().ask(ref)).has_value());
  BOOST_TEST(redis.command({"ZCARD", asked}) == ":2\r\n");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
