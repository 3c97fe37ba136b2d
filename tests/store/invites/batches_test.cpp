// Creates, views and sessions that leave as one script call: each keeps its own outcome, as if they came one
// after the other.
#include "tests/store/invites/batches_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace invited::test {
namespace {

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

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
