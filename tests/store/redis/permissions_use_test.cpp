// Our user in Redis needs exactly what is listed: all that the store does works, and nothing listed is
// unused.
#include "store/async/all_of.hpp"
#include "store/audit/audit_buffer.hpp"
#include "store/counting/analytics.hpp"
#include "store/counting/expiry.hpp"
#include "store/counting/folding.hpp"
#include "store/invites/challenge.hpp"
#include "store/invites/pending_revoker.hpp"
#include "store/keys/keys.hpp"
#include "store/providers/providers.hpp"
#include "store/redis/memory.hpp"
#include "tests/store/redis/acl_rules.hpp"
#include "tests/store/staff/staff_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace invited::test {
namespace {

constexpr std::int64_t minute = 60'000, day = 24 * 60 * minute;
constexpr std::int64_t today = 20'000, noon = today * day + day / 2;

/// A Redis whose only user may do what we say we need, and read what was refused.
std::vector<std::string> with_minimal_user() {
  std::vector<std::string> lines = strict_config;
  lines.push_back("user default on nopass " + acl_rules(needed_patterns(), all_names()) + " +acl|log");
  return lines;
}

/// Does everything that the store can do for a clinic.
struct confined {
  moved_clock clock{noon};
  redis_server redis{clock, with_minimal_user()};
  staff_side side{redis};
  const store::group tag = store::group_of("clinic-1");
  const store::provider_scope mine = store::provider_scope::all();

  store::created_invite made(const store::challenge* fact = nullptr) {
    store::new_invite wanted = some_invite();
    wanted.challenge = fact;
    wanted.ttl = std::chrono::hours(1);
    const std::string key = "key-" + std::to_string(++keys_);
    wanted.idempotency_key = store::idempotency{"issuer", "dr.grey", "/generate_invite", key};
    const store::created_invite first = side.create(wanted).invite;
    BOOST_TEST(side.create(wanted).invite.replayed);
    return first;
  }
  void end(const store::created_invite& invite, store::ending act) {
    const auto ended = side.run(side.invites().end(invite.ref, mine, act, a_clinician)).value();
    BOOST_REQUIRE((ended && ended->what == store::ending_outcome::kind::done));
  }

  void invites_live();
  void the_clinic_looks();
  void redeem_together(const store::created_invite& one, const store::created_invite& other);
  void the_audit_is_exported();
  void staff_sign_in();

  /// The commands that were called, by Redis's own count.
  names called() {
    names found;
    std::istringstream lines(redis.command({"INFO", "commandstats"}));
    for (std::string line; std::getline(lines, line);) {
      if (line.starts_with("cmdstat_")) found.insert(line.substr(8, line.find(':') - 8));
    }
    return found;
  }

private:
  int keys_ = 0;
};

/// Two of them are one call of a script, which looks more up than one does.
void confined::redeem_together(const store::created_invite& one, const store::created_invite& other) {
  std::vector<task<store::result<store::redeem_outcome>>> both;
  both.push_back(side.invites().redeem(one.ref, {}, nullptr, a_patient));
  both.push_back(side.invites().redeem(other.ref, {}, nullptr, a_patient));
  const auto wait = [&]() -> task<bool> {
    co_await all_of<store::result<store::redeem_outcome>>(both);
    co_return true;
  };
  side.run(wait());
  for (const auto& each : both) BOOST_TEST((each.take()->what == store::redeem_outcome::kind::redeemed));
}

void confined::invites_live() {
  store::invites& all = side.invites();
  const store::challenge code{store::challenge_kind::code, "x7k2"},
      wrong{store::challenge_kind::code, "x7k3"};
  const store::created_invite asked = made(&code), one = made(), gone = made(), old = made();
  BOOST_TEST(side.run(all.view(asked.ref, {}, true, a_patient)).value().has_value());
  BOOST_REQUIRE(side.run(all.ask(asked.ref)).has_value());
  BOOST_TEST(side.run(all.redeem(asked.ref, {}, &wrong, a_patient)).value().attempts_left == 4U);
  const store::redeem_outcome won = side.redeem(one.id, "0123456789abcdef");
  BOOST_REQUIRE((won.what == store::redeem_outcome::kind::redeemed));
  side.redeem(one.id);
  BOOST_TEST(side.run(all.find_session(one.ref, won.opened.jti, a_patient)).value().has_value());
  redeem_together(made(), made());
  end(one, store::ending::end_session);
  end(one, store::ending::erase);
  end(gone, store::ending::revoke);
  const auto details = side.run(all.find(old.ref, mine, a_look)).value();
  BOOST_REQUIRE(details.has_value());
  const store::renewal again{a_clinician, {50, 1000}, {}};
  BOOST_REQUIRE(side.run(all.renew(*details, again)).has_value());

  store::pending_revoker revoker(side.connection(), all, {.created_before = noon - 1});
  BOOST_TEST(side.run(revoker.time()).value() == noon);
  BOOST_REQUIRE(side.run(revoker.run([](const auto&) {})).has_value());
  clock.stand_at(noon + 90 * minute); // the others have expired
  side.run(store::expiry(side.connection()).settle(tag)).value();
  redis.command({"HINCRBY", std::string(store::day_key(tag, today - 5)), "created|clinic-1", "2"});
  BOOST_REQUIRE(side.run(store::folding(side.connection()).fold(tag, today - 5)).has_value());
}

void confined::the_clinic_looks() {
  store::list_query q{.provider_id = "clinic-1", .actor = a_clinician};
  BOOST_TEST(side.run(side.invites().list(q)).value().invites.size() == 7U);
  q.asked = true;
  const auto asked = side.run(side.invites().list(q)).value().invites;
  BOOST_TEST_REQUIRE(asked.size() == 1U);
  BOOST_TEST(side.run(side.invites().clear_asked(asked[0].ref, mine, a_clinician)).value()->asked_at == 0);
  store::analytics counts(side.lane(), today);
  BOOST_TEST(
      side.run(counts.read("clinic-1", {today - 6, today + 1})).value().totals()[store::event::created] == 9);
  BOOST_TEST(side.run(side.audit.read({.provider_id = "clinic-1"})).value().events.size() > 9U);
  const auto of_one =
      side.run(side.invites().list({.provider_id = "clinic-1", .actor = a_clinician})).value();
  BOOST_TEST(!side.run(side.audit.read({.provider_id = "clinic-1", .of = of_one.invites[0].ref.h}))
                  .value()
                  .events.empty());

  store::providers known(side.connection(), side.lane());
  const auto now = store::providers::clock::now();
  store::provider_settings named{};
  named.name = "Clinic";
  const store::providers::change set{"clinic-1", named, "sealed"}, none{"clinic-1", {}, "sealed"};
  BOOST_TEST(side.run(known.write(set, now)).value() != nullptr);
  BOOST_TEST(side.run(known.read_now("clinic-1", now)).value() != nullptr);
  BOOST_TEST(side.run(known.write(none, now)).value() != nullptr);
  BOOST_TEST(side.run(known.ids_after({}, 10)).value().size() == 1U);
}

void confined::the_audit_is_exported() {
  store::audit_buffer exporter(side.connection(), "one"), next(side.connection(), "two");
  BOOST_TEST(side.run(exporter.providers(tag, store::first_providers)).value().ids.size() == 1U);
  for (const store::audit_stream& from : {store::events_of(tag), store::creations_of(tag, "clinic-1")}) {
    const store::audit_stretch taken = side.run(exporter.take(from, true)).value();
    BOOST_REQUIRE(taken.size() > 0U);
    BOOST_TEST(side.run(exporter.tidy(from, std::chrono::milliseconds(1))).value().waiting > 0);
    std::vector<std::string_view> ids;
    for (const store::redis::node entry : taken.entries()) ids.push_back(entry.at(0).text());
    BOOST_REQUIRE(side.run(exporter.acknowledge(from, ids)).has_value());
    clock.stand_at(noon + 300 * minute); // its consumer has been removed by then
    BOOST_TEST(side.run(next.take(from, true)).value().size() == 0U);
    BOOST_TEST(side.run(next.tidy(from, std::chrono::milliseconds(1))).value().waiting == 0);
    // An operator trims entries that nobody has taken.
    redis.command({"XADD", std::string(from.key), "*", "a", "x"});
    redis.command({"XTRIM", std::string(from.key), "MAXLEN", "0"});
    redis.command({"XADD", std::string(from.key), "*", "a", "x"});
    BOOST_TEST(side.run(next.take(from, false)).value().trimmed() > 0);
  }
  BOOST_TEST(side.run(exporter.length(store::events_of(tag))).value() > 0);
  BOOST_TEST(!side.run(store::redis::ask_memory_use(side.connection())).value().is_out());
}

void confined::staff_sign_in() {
  side.add(an_account());
  BOOST_TEST(side.run(side.accounts.list({})).value().accounts.size() == 1U);
  const store::handle name = side.accounts.name_of("Grey@clinic.example");
  for (const bool known : {false, true}) {
    store::sign_in_attempt first = known ? side.throttle.from_device(name, {1})
                                         : side.throttle.from_address(name, "203.0.113.77"),
                           second = first;
    BOOST_REQUIRE(side.run(side.throttle.count(first)).has_value());
    BOOST_REQUIRE(side.run(side.throttle.count(second)).has_value());
    side.run(side.throttle.forgive(second));
    side.run(side.throttle.forgive(first));
  }
  const std::int64_t now = noon + 300 * minute;
  const std::string token = side.run(side.sign_ins.begin(an_account(), now)).value();
  clock.stand_at(now + 20 * minute);
  BOOST_TEST(side.open(token)->token.has_value()); // prolonged
  BOOST_REQUIRE(side.run(side.sign_ins.end(token)).has_value());
  BOOST_REQUIRE(side.run(store::note_account(side.audit, an_account(), store::audit_action::signed_in,
                                             "203.0.113.77", {}))
                    .has_value());
}

BOOST_AUTO_TEST_SUITE(permissions_use)

BOOST_FIXTURE_TEST_CASE(what_is_listed_is_enough_and_nothing_too_much, confined) {
  invites_live();
  the_clinic_looks();
  the_audit_is_exported();
  staff_sign_in();
  BOOST_TEST(redis.command({"ACL", "LOG"}) == "*0\r\n"); // including what a script was refused and ignored

  names used = called();
  used.erase("acl|log");
  BOOST_TEST(used == all_names(), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
