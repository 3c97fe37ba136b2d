// A reply that no script of ours gives: after a mistake in an upgrade, or from something between us and
// Redis. Each act says so, and takes nothing in it for an answer.
#include "store/audit/audit_buffer.hpp"
#include "store/audit/audit_log.hpp"
#include "store/counting/analytics.hpp"
#include "store/counting/folding.hpp"
#include "store/invites/pending_revoker.hpp"
#include "store/providers/providers.hpp"
#include "store/scripts.hpp"
#include "store/staff/sign_in_throttle.hpp"
#include "store/staff/sign_ins.hpp"
#include "tests/store/crypto/sealer_fixture.hpp"
#include "tests/store/redis/client.hpp"
#include "tests/support/gate.hpp"
#include "tests/support/redis_server.hpp"

#include <boost/test/unit_test.hpp>

#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace invited::test {
namespace {

using boost::system::error_code;
using strings = std::vector<std::string>;

constexpr store::audit_actor some_actor{"clinician", "dr.grey", "203.0.113.77"};

/// The store over a Redis that no longer answers, so that we can answer in its place.
struct answered_by_us {
  answered_by_us() {
    BOOST_REQUIRE_MESSAGE(c.wait_ready(), c.connection.why_not_ready());
    redis.freeze();
  }
  ~answered_by_us() { redis.thaw(); }

  static store::redis::connection_settings settings(const gate& between) {
    store::redis::connection_settings s = client::settings(between.url());
    s.scripts = store::scripts::all();
    return s;
  }

  /// How a task ends whose first call is answered by `bytes`.
  template <class T>
  error_code end_of(task<store::result<T>> work, const std::string& bytes) {
    bool ended = false;
    const auto note = [](void* flag) { *static_cast<bool*>(flag) = true; };
    const std::size_t before = between.requested();
    ended = work.start(note, &ended);
    if (!ended && !run_until(c.loop, [&] { return between.requested() > before; }))
      throw std::runtime_error("it asks nothing");
    between.inject(bytes);
    if (!run_until(c.loop, [&] { return ended; })) throw std::runtime_error("no end of it");
    const store::result<T> out = work.take();
    return out ? error_code() : out.error();
  }

  redis_server redis;
  gate between{redis.socket()};
  client c{settings(between)};
  invited::gate places{2, 100, std::chrono::minutes(1)};
  const store::reading_lane lane{c.connection, places};
  sealer_fixture crypto;
  store::system_entropy random;
  store::invites invites{c.connection,
                         lane,
                         crypto.seals,
                         random,
                         {std::chrono::hours(1), std::chrono::hours(1), std::chrono::hours(1)},
                         20'000};
  store::analytics analytics{lane, 20'000};
  store::expiry expiry{c.connection};
  store::folding folding{c.connection};
  store::audit_log audit{c.connection, lane, crypto.seals};
  store::audit_buffer buffer{c.connection, "exporter"};
  store::accounts accounts{c.connection, crypto.seals};
  store::sign_ins sign_ins{c.connection, accounts, crypto.seals, random};
  store::sign_in_throttle throttle{c.connection, crypto.seals};
  store::providers all_providers{c.connection, lane};
  store::pending_revoker revoker{c.connection, invites, {1}};

  const store::invite_ref ref{1, h1};
  const store::provider_scope scope = store::provider_scope::all();
  const store::read_purpose look{store::read_purpose::kind::read, some_actor};
  const store::audit_stream stream = store::events_of(1);
  const store::audit_query query{.provider_id = "clinic-1"};
  const store::list_query plain{.provider_id = "clinic-1", .actor = some_actor},
      asked{.provider_id = "clinic-1", .asked = true, .actor = some_actor};
  const store::providers::change change{.provider_id = "clinic-1"};
  store::sign_in_attempt attempt = throttle.from_address(h1, "203.0.113.77");
};

/// An act, and replies that are nearly what it expects.
struct act {
  const char* name;
  std::function<error_code(const std::string&)> end;
  strings nearly{};
};

BOOST_FIXTURE_TEST_SUITE(reply_shape, answered_by_us)

void check(const std::vector<act>& acts) {
  const strings never = {"$-1\r\n",
                         "+OK\r\n",
                         "$4\r\ndone\r\n",
                         "*0\r\n",
                         "*-1\r\n",
                         "*1\r\n$8\r\nnonsense\r\n",
                         "*1\r\n:1\r\n",
                         "*1\r\n*0\r\n",
                         "*3\r\n*0\r\n*0\r\n*0\r\n",
                         "*1\r\n$3\r\nday\r\n"};
  for (const act& a : acts) {
    strings all = never;
    all.insert(all.end(), a.nearly.begin(), a.nearly.end());
    for (const std::string& bytes : all) {
      BOOST_TEST_CONTEXT(a.name << " answered by " << bytes)
      BOOST_TEST(a.end(bytes) == make_error_code(store::errc::unexpected));
    }
  }
}

BOOST_AUTO_TEST_CASE(no_act_on_an_invite_takes_it_for_an_answer) {
  const std::string done = "$4\r\ndone\r\n", p = "$1\r\np\r\n", no_ledger = "$3\r\nlog\r\n";
  check(
      {{"ask", [&](auto& bytes) { return end_of(invites.ask(ref), bytes); }},
       {"clear_asked",
        [&](auto& bytes) { return end_of(invites.clear_asked(ref, scope, some_actor), bytes); },
        {"*1\r\n" + done, "*2\r\n" + done + p, "*3\r\n" + done + p + no_ledger}},
       {"find",
        [&](auto& bytes) { return end_of(invites.find(ref, scope, look), bytes); },
        {"*1\r\n" + p, "*2\r\n" + p + no_ledger, "*2\r\n" + p + ":1\r\n"}},
       {"end",
        [&](auto& bytes) { return end_of(invites.end(ref, scope, store::ending::erase, some_actor), bytes); },
        {"*1\r\n" + done, "*2\r\n" + done + p, "*3\r\n" + done + p + no_ledger, "*1\r\n$7\r\nrefused\r\n"}},
       {"revoke_pending", [&](auto& bytes) { return end_of(invites.revoke_pending(ref), bytes); }},
       {"list",
        [&](auto& bytes) { return end_of(invites.list(plain), bytes); },
        {"*2\r\n:1\r\n*0\r\n", "*3\r\n:1\r\n*1\r\n$3\r\n1-1\r\n$0\r\n\r\n", "*3\r\n:1\r\n*0\r\n$3\r\n1-x\r\n",
         "*3\r\n:1\r\n*1\r\n*2\r\n$3\r\n1-1\r\n*2\r\n$1\r\nh\r\n$5\r\nshort\r\n$0\r\n\r\n"}},
       {"list of those that ask", [&](auto& bytes) { return end_of(invites.list(asked), bytes); }},
       {"pending_revoker", [&](auto& bytes) { return end_of(revoker.run([](const auto&) {}), bytes); }}});
}

BOOST_AUTO_TEST_CASE(no_act_that_leaves_with_others_takes_it_for_an_answer) {
  store::new_invite wanted{};
  wanted.provider_id = "clinic-1";
  wanted.actor = some_actor;
  wanted.email = "ada@example.org";
  wanted.ttl = std::chrono::hours(1);
  wanted.limit = {50, 100};
  const std::string p = "$1\r\np\r\n", no_ledger = "$3\r\nlog\r\n", two = "*2\r\n*0\r\n*0\r\n";
  check(
      {{"create",
        [&](auto& bytes) { return end_of(invites.create(wanted), bytes); },
        {two, "*1\r\n$5\r\nshort\r\n", "*1\r\n*1\r\n$7\r\nlimited\r\n", "*1\r\n*2\r\n$6\r\nreused\r\n:0\r\n",
         "*1\r\n*5\r\n$8\r\nreplayed\r\n:1\r\n:1\r\n:1\r\n$5\r\nshort\r\n"}},
       {"redeem",
        [&](auto& bytes) { return end_of(invites.redeem(ref, {}, nullptr, some_actor), bytes); },
        {two, "*1\r\n$3\r\nwon\r\n", "*1\r\n*1\r\n$4\r\nodds\r\n", "*1\r\n*1\r\n$6\r\nlocked\r\n",
         "*1\r\n*2\r\n$5\r\nwrong\r\n:4\r\n", "*1\r\n*3\r\n$5\r\nwrong\r\n:4\r\n" + no_ledger}},
       {"view",
        [&](auto& bytes) { return end_of(invites.view(ref, {}, true, some_actor), bytes); },
        {two, "*1\r\n*1\r\n" + p, "*1\r\n*2\r\n" + p + ":0\r\n", "*1\r\n*3\r\n" + p + ":0\r\n" + no_ledger}},
       {"session",
        [&](auto& bytes) { return end_of(invites.find_session(ref, {}, some_actor), bytes); },
        {two, "*1\r\n*1\r\n$4\r\nopen\r\n", "*1\r\n*3\r\n$4\r\nopen\r\n" + no_ledger + no_ledger}}});
}

BOOST_AUTO_TEST_CASE(no_count_is_made_of_it) {
  check({{"analytics",
          [&](auto& bytes) {
            return end_of(analytics.read("clinic-1", {19'999, 20'001}), bytes);
          },
          {"*1\r\n$6\r\ncounts\r\n", "*3\r\n$6\r\ncounts\r\n:1\r\n:1\r\n",
           "*4\r\n$6\r\ncounts\r\n:1\r\n*0\r\n*1\r\n:1\r\n"}},
         {"expiry",
          [&](auto& bytes) { return end_of(expiry.settle(1), bytes); },
          {"*1\r\n$7\r\nsettled\r\n", "*2\r\n$7\r\nsettled\r\n:0\r\n", "*2\r\n$7\r\nsettled\r\n:-1\r\n",
           "*2\r\n$7\r\nsettled\r\n:201\r\n"}},
         {"folding",
          [&](auto& bytes) { return end_of(folding.fold(1, 19'000), bytes); },
          {"*1\r\n$6\r\nfolded\r\n", "*2\r\n$6\r\nfolded\r\n:0\r\n"}}});
}

BOOST_AUTO_TEST_CASE(the_audit_is_not_read_from_it) {
  check(
      {{"audit_log",
        [&](auto& bytes) { return end_of(audit.read(query), bytes); },
        {"*3\r\n$0\r\n\r\n$0\r\n\r\n:0\r\n", "*4\r\n$0\r\n\r\n$0\r\n\r\n:0\r\n*1\r\n:1\r\n",
         "*4\r\n$0\r\n\r\n$0\r\n\r\n:0\r\n*1\r\n*1\r\n$3\r\n1-1\r\n"}},
       {"take",
        [&](auto& bytes) { return end_of(buffer.take(stream, true), bytes); },
        {"*2\r\n:1\r\n:1\r\n"}},
       {"tidy", [&](auto& bytes) { return end_of(buffer.tidy(stream, {}), bytes); }, {"*2\r\n:1\r\n:1\r\n"}},
       {"length", [&](auto& bytes) { return end_of(buffer.length(stream), bytes); }},
       {"providers",
        [&](auto& bytes) { return end_of(buffer.providers(1, store::first_providers), bytes); },
        {"*2\r\n$1\r\n0\r\n:1\r\n", "*2\r\n$1\r\n0\r\n*1\r\n$9\r\npending|a\r\n"}}});
}

BOOST_AUTO_TEST_CASE(no_staff_is_let_in_by_it) {
  const store::account who{
      .username = "grey", .name = "Meredith Grey", .role = "clinician", .providers = {"clinic-1"}};
  std::string token;
  const auto begin = [&]() -> task<store::result<void>> {
    const store::result<std::string> made = co_await sign_ins.begin(who, 1);
    if (!made) co_return made.error();
    token = *made;
    co_return store::result<void>();
  };
  BOOST_TEST_REQUIRE(!end_of(begin(), "+OK\r\n"));
  check({{"sign_ins",
          [&](auto& bytes) { return end_of(sign_ins.find(token), bytes); },
          {"*1\r\n$4\r\nopen\r\n", "*5\r\n$4\r\nopen\r\n$1\r\na\r\n$1\r\nb\r\n:1\r\n$1\r\n1\r\n"}},
         {"throttle",
          [&](auto& bytes) { return end_of(throttle.count(attempt), bytes); },
          {"*1\r\n$4\r\nwait\r\n", "*1\r\n$7\r\ncounted\r\n", "*2\r\n$7\r\ncounted\r\n$1\r\n1\r\n"}},
         {"accounts, list",
          [&](auto& bytes) { return end_of(accounts.list({}), bytes); },
          {"*2\r\n$1\r\n0\r\n:1\r\n", "*2\r\n$1\r\n0\r\n*1\r\n:1\r\n"}},
         {"accounts, write", [&](auto& bytes) { return end_of(accounts.write(who, {}), bytes); }},
         {"providers, write", [&](auto& bytes) { return end_of(all_providers.write(change, {}), bytes); }}});
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
