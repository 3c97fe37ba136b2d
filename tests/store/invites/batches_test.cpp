// Acts on invites that leave as one script call: each keeps its own outcome, as if they came one after the
// other.
#include "store/keys/keys.hpp"
#include "tests/store/invites/challenge_fixture.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <random>
#include <string>
#include <vector>

namespace invited::test {
namespace {

using create_kind = store::create_outcome::kind;
using redeem_kind = store::redeem_outcome::kind;
using creating = task<store::result<store::create_outcome>>;
using redeeming = task<store::result<store::redeem_outcome>>;

struct together {
  redis_server redis{[] {
    std::vector<std::string> lines = strict_config;
    lines.emplace_back("enable-debug-command yes");
    return lines;
  }()};
  store_side side{redis};

  /// Starts all in one turn, and returns how each ended.
  template <class T>
  std::vector<store::result<T>> all(std::vector<task<store::result<T>>> tasks) {
    std::size_t running = 0;
    const auto note = [](void* n) { --*static_cast<std::size_t*>(n); };
    {
      const turn::scope now(side.loop());
      for (auto& each : tasks) running += each.start(note, &running) ? 0 : 1;
    }
    BOOST_REQUIRE(run_until(side.io(), [&] { return running == 0; }));
    std::vector<store::result<T>> ended;
    for (auto& each : tasks) ended.push_back(each.take());
    return ended;
  }

  std::vector<store::result<store::create_outcome>> create_all(const std::vector<store::new_invite>& wanted) {
    std::vector<creating> tasks;
    for (const store::new_invite& each : wanted) tasks.push_back(side.invites().create(each));
    return all(std::move(tasks));
  }

  std::vector<store::invite_id> made(std::size_t n) {
    std::vector<store::invite_id> ids;
    for (const auto& each : create_all(std::vector<store::new_invite>(n, some_invite())))
      ids.push_back(each.value().invite.id);
    return ids;
  }

  std::vector<store::result<store::redeem_outcome>> redeem_all(const std::vector<store::invite_id>& ids,
                                                               std::string_view key = {}) {
    std::vector<redeeming> tasks;
    for (const store::invite_id& id : ids)
      tasks.push_back(side.invites().redeem(store::ref_of(id), key, nullptr, a_patient));
    return all(std::move(tasks));
  }

  std::string counter(std::string_view field) {
    const std::string day(store::day_key(store::group_of("clinic-1"), store_side::real_today()));
    return redis.command({"HGET", day, std::string(field) + "|clinic-1"});
  }
  std::string pending() {
    return redis.command(
        {"HGET", std::string(store::gauge_key(store::group_of("clinic-1"))), "pending|clinic-1"});
  }
  /// How many calls of scripts Redis has served.
  int script_calls() {
    const std::string text = redis.command({"INFO", "commandstats"});
    const std::size_t at = text.find("cmdstat_evalsha:calls=");
    return at == text.npos ? 0 : std::stoi(text.substr(at + 22));
  }
};

bool is_kind(const store::result<store::redeem_outcome>& r, redeem_kind what) {
  return r && r->what == what;
}

BOOST_FIXTURE_TEST_SUITE(batches_of_invites, together)

BOOST_AUTO_TEST_CASE(creates_of_one_provider_are_one_script_call) {
  const int before = script_calls();
  const std::vector<store::invite_id> ids = made(20);
  BOOST_TEST(script_calls() == before + 1);
  BOOST_TEST(counter("created") == "$2\r\n20\r\n");
  BOOST_TEST(pending() == "$2\r\n20\r\n");
  for (const auto& each : redeem_all(ids)) BOOST_TEST(is_kind(each, redeem_kind::redeemed));
  BOOST_TEST(script_calls() == before + 2);
  BOOST_TEST(counter("redeemed") == "$2\r\n20\r\n");
  BOOST_TEST(counter("ttr:60") == "$2\r\n20\r\n");
  BOOST_TEST(pending() == "$1\r\n0\r\n");
  BOOST_TEST(redis.command({"ZCARD", std::string(store::group_key("due", store::group_of("clinic-1")))}) ==
             ":0\r\n");
}

BOOST_AUTO_TEST_CASE(tokens_run_out_in_the_middle) {
  std::vector<store::new_invite> wanted(7, some_invite());
  for (store::new_invite& each : wanted) each.limit = {0.001, 5};
  const auto outcomes = create_all(wanted);
  for (std::size_t i = 0; i < 5; ++i) {
    BOOST_TEST((outcomes[i].value().what == create_kind::created));
    BOOST_TEST(outcomes[i].value().tokens.left == static_cast<std::int64_t>(4 - i));
  }
  for (std::size_t i = 5; i < 7; ++i) {
    BOOST_TEST((outcomes[i].value().what == create_kind::limited));
    BOOST_TEST((outcomes[i].value().retry_after > std::chrono::seconds(900)));
  }
  BOOST_TEST(counter("created") == "$1\r\n5\r\n");
}

BOOST_AUTO_TEST_CASE(providers_and_rates_do_not_mix) {
  std::vector<store::new_invite> wanted;
  for (int i = 0; i < 12; ++i) {
    wanted.push_back(some_invite(i % 3 == 0 ? "clinic-2" : "clinic-1"));
    if (i % 4 == 0) wanted.back().limit = {0.001, 1};
  }
  int granted = 0;
  for (const auto& each : create_all(wanted)) granted += each.value().what == create_kind::created;
  BOOST_TEST(granted >= 9); // the changed rate keeps what was spent
  BOOST_TEST(granted <= 12);
}

BOOST_AUTO_TEST_CASE(one_key_twice_is_one_invite) {
  store::new_invite keyed = some_invite(), other = some_invite();
  keyed.idempotency_key = {"iss", "portal", "create", "key-1"};
  other.idempotency_key = {"iss", "portal", "create", "key-1"};
  other.first_name = "Grace";
  const auto outcomes = create_all({keyed, some_invite(), keyed, other, keyed});
  const store::invite_ref first = outcomes[0].value().invite.ref;
  BOOST_TEST(!outcomes[0].value().invite.replayed);
  for (const std::size_t again : {2U, 4U}) {
    BOOST_TEST((outcomes[again].value().what == create_kind::created));
    BOOST_TEST(outcomes[again].value().invite.replayed);
    BOOST_TEST((outcomes[again].value().invite.ref == first));
  }
  BOOST_TEST((outcomes[3].value().what == create_kind::key_reused));
  BOOST_TEST(counter("created") == "$1\r\n2\r\n");
}

BOOST_AUTO_TEST_CASE(known_keys_and_new_ones_go_together) {
  std::vector<store::new_invite> wanted(9, some_invite());
  const std::vector<std::string> keys = {"k0", "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8"};
  for (std::size_t i = 0; i < wanted.size(); i += 2)
    wanted[i].idempotency_key = {"iss", "portal", "create", keys[i]};
  const auto first = create_all({wanted[0], wanted[4]});
  const auto outcomes = create_all(wanted);
  for (std::size_t i = 0; i < wanted.size(); ++i)
    BOOST_TEST(outcomes[i].value().invite.replayed == (i == 0 || i == 4));
  BOOST_TEST((outcomes[4].value().invite.ref == first[1].value().invite.ref));
  for (std::size_t i = 0; i < wanted.size(); i += 2) // each key keeps its own invite
    BOOST_TEST((side.create(wanted[i]).invite.ref == outcomes[i].value().invite.ref));
}

BOOST_AUTO_TEST_CASE(a_broken_record_of_one_key_hurts_no_other) {
  store::new_invite keyed = some_invite();
  keyed.idempotency_key = {"iss", "portal", "create", "key-1"};
  side.create(keyed);
  const std::string keys = redis.command({"KEYS", "idem:*"});
  const std::size_t at = keys.find("idem:");
  redis.command({"SET", keys.substr(at, keys.find('\r', at) - at), "short"});
  const auto outcomes = create_all({some_invite(), keyed, some_invite()});
  BOOST_TEST((outcomes[0] && outcomes[2]));
  BOOST_TEST(outcomes[1].error() == make_error_code(store::errc::refused));
  BOOST_TEST(counter("created") == "$1\r\n3\r\n"); // the first try wrote nothing
}

BOOST_AUTO_TEST_CASE(one_link_opened_many_times_at_once_opens_once) {
  const store::invite_id id = made(1).front();
  std::map<redeem_kind, int> seen;
  for (const auto& each : redeem_all(std::vector<store::invite_id>(9, id))) ++seen[each.value().what];
  BOOST_TEST(seen[redeem_kind::redeemed] == 1);
  BOOST_TEST(seen[redeem_kind::already_redeemed] == 8);
  for (const auto& each : redeem_all(std::vector<store::invite_id>(3, made(1).front()), "0123456789abcdef"))
    BOOST_TEST(is_kind(each, redeem_kind::redeemed)); // one key, one answer
  BOOST_TEST(counter("redeemed") == "$1\r\n2\r\n");
}

BOOST_AUTO_TEST_CASE(each_redemption_keeps_its_own_outcome) {
  const std::vector<store::invite_id> ids = made(6);
  const auto key = [](std::string_view kind, const store::invite_id& id) {
    const store::invite_ref ref = store::ref_of(id);
    return std::string(store::invite_key(kind, ref.tag, ref.h));
  };
  side.redeem(ids[0]);
  redis.command({"DEL", key("inv", ids[1])});
  redis.command({"DEL", key("log", ids[2])});
  redis.command({"SETRANGE", key("log", ids[3]), "1", "v"});
  redis.command({"SETRANGE", key("log", ids[4]), "4", "none"}); // a key that nobody holds
  const auto outcomes = redeem_all(ids);
  const redeem_kind expected[] = {redeem_kind::already_redeemed, redeem_kind::lost, redeem_kind::unknown,
                                  redeem_kind::revoked};
  for (std::size_t i = 0; i < 4; ++i) BOOST_TEST(is_kind(outcomes[i], expected[i]));
  BOOST_TEST(outcomes[4].error() == make_error_code(store::errc::key_unavailable));
  BOOST_TEST(is_kind(outcomes[5], redeem_kind::redeemed));
  BOOST_TEST(counter("lost") == "$1\r\n1\r\n");
}

BOOST_AUTO_TEST_CASE(a_corrupt_ledger_hurts_no_other) {
  const std::vector<store::invite_id> ids = made(5);
  const store::invite_ref broken = store::ref_of(ids[2]);
  redis.command({"SET", std::string(store::invite_key("log", broken.tag, broken.h)), "\1p short"});
  const std::string before = redis.command({"DEBUG", "DIGEST"});
  const auto one = redeem_all({ids[2]});
  BOOST_TEST(one[0].error() == make_error_code(store::errc::refused));
  BOOST_TEST(redis.command({"DEBUG", "DIGEST"}) == before);
  const auto outcomes = redeem_all(ids);
  for (std::size_t i = 0; i < ids.size(); ++i)
    BOOST_TEST(is_kind(outcomes[i], redeem_kind::redeemed) == (i != 2));
  BOOST_TEST(outcomes[2].error() == make_error_code(store::errc::refused));
  BOOST_TEST(counter("redeemed") == "$1\r\n4\r\n");
}

BOOST_AUTO_TEST_CASE(a_full_memory_refuses_creates_whole_and_redeems_nobody_less) {
  const std::vector<store::invite_id> ids = made(8);
  redis.command({"CONFIG", "SET", "maxmemory", "1"});
  for (const auto& each : create_all(std::vector<store::new_invite>(4, some_invite())))
    BOOST_TEST(each.error() == make_error_code(store::errc::refused));
  for (const auto& each : redeem_all(ids)) BOOST_TEST(is_kind(each, redeem_kind::redeemed));
  redis.command({"CONFIG", "SET", "maxmemory", "0"});
  BOOST_TEST(counter("created") == "$1\r\n8\r\n");
  BOOST_TEST(counter("redeemed") == "$1\r\n8\r\n");
  BOOST_TEST(pending() == "$1\r\n0\r\n");
}

BOOST_AUTO_TEST_CASE(memory_that_fills_up_in_the_middle_stops_nothing_that_has_begun) {
  const std::string used = redis.command({"INFO", "memory"});
  const std::size_t at = used.find("used_memory:") + 12;
  const long now = std::stol(used.substr(at));
  redis.command({"CONFIG", "SET", "maxmemory", std::to_string(now + 6000)}); // room for some of them
  int refused = 0, granted = 0;
  for (const auto& each : create_all(std::vector<store::new_invite>(32, some_invite())))
    ++(each ? granted : refused);
  redis.command({"CONFIG", "SET", "maxmemory", "0"});
  BOOST_TEST((granted == 0 || granted == 32)); // the judgement falls before the script
  BOOST_TEST(granted + refused == 32);
  BOOST_TEST(pending() == (granted == 0 ? "$-1\r\n" : "$2\r\n32\r\n"));
}

BOOST_AUTO_TEST_CASE(the_first_view_counts_once) {
  const std::vector<store::invite_id> ids = made(3);
  std::vector<task<store::result<std::optional<store::invite_view>>>> looks;
  for (int times = 0; times < 3; ++times) {
    for (const store::invite_id& id : ids)
      looks.push_back(side.invites().view(store::ref_of(id), {}, true, a_patient));
  }
  for (const auto& each : all(std::move(looks)))
    BOOST_TEST((each.value()->state == store::invite_state::pending));
  BOOST_TEST(counter("viewed") == "$1\r\n3\r\n");
}

BOOST_AUTO_TEST_CASE(sessions_are_read_together) {
  const std::vector<store::invite_id> ids = made(3);
  std::vector<task<store::result<std::optional<store::open_session>>>> readings;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const store::redeem_outcome won = side.redeem(ids[i]);
    auto jti = won.opened.jti;
    if (i == 1) jti[0] ^= 1;
    readings.push_back(side.invites().find_session(store::ref_of(ids[i]), jti, a_patient));
  }
  const auto read = all(std::move(readings));
  for (std::size_t i = 0; i < ids.size(); ++i) BOOST_TEST(read[i].value().has_value() == (i != 1));
}

BOOST_AUTO_TEST_CASE(each_answer_counts_for_its_own_invite) {
  std::vector<store::new_invite> wanted(4, some_invite());
  for (store::new_invite& each : wanted) each.challenge = &right;
  std::vector<store::invite_ref> refs;
  for (const auto& each : create_all(wanted)) refs.push_back(each.value().invite.ref);
  const store::challenge wrong = guess(1);
  std::vector<redeeming> tasks;
  for (const store::challenge* given :
       {&right, &wrong, static_cast<const store::challenge*>(nullptr), &wrong})
    tasks.push_back(side.invites().redeem(refs[tasks.size()], {}, given, a_patient));
  const auto outcomes = all(std::move(tasks));
  BOOST_TEST(is_kind(outcomes[0], redeem_kind::redeemed));
  for (const std::size_t i : {1U, 3U}) {
    BOOST_TEST(is_kind(outcomes[i], redeem_kind::wrong_answer));
    BOOST_TEST(outcomes[i].value().attempts_left == 4U);
  }
  BOOST_TEST(is_kind(outcomes[2], redeem_kind::answer_required));
  BOOST_TEST(outcomes[2].value().attempts_left == 5U);
}

BOOST_AUTO_TEST_CASE(the_fifth_wrong_answer_locks_beside_others) {
  std::vector<store::new_invite> wanted(2, some_invite());
  for (store::new_invite& each : wanted) each.challenge = &right;
  const auto made_ones = create_all(wanted);
  const auto try_both = [&](const store::challenge& first, const store::challenge& second) {
    std::vector<redeeming> tasks;
    tasks.push_back(side.invites().redeem(made_ones[0].value().invite.ref, {}, &first, a_patient));
    tasks.push_back(side.invites().redeem(made_ones[1].value().invite.ref, {}, &second, a_patient));
    return all(std::move(tasks));
  };
  for (int i = 0; i < 4; ++i) try_both(guess(i), guess(i % 2));
  const auto last = try_both(guess(4), right);
  BOOST_TEST(last[0].value().attempts_left == 0U);
  BOOST_TEST(is_kind(last[1], redeem_kind::redeemed));
  BOOST_TEST(is_kind(try_both(right, right)[0], redeem_kind::locked));
  BOOST_TEST(counter("locked") == "$1\r\n1\r\n");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
