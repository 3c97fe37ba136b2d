// Redemptions that leave as one script call: each keeps its own outcome, as if they came one after the
// other.
#include "tests/store/invites/batches_fixture.hpp"
#include "tests/store/invites/challenge_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>
#include <vector>

namespace invited::test {
namespace {

BOOST_FIXTURE_TEST_SUITE(batches_of_redemptions, together)

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

BOOST_AUTO_TEST_CASE(a_key_of_another_type_is_no_right_and_hurts_no_other) {
  const std::vector<store::invite_id> ids = made(4);
  const store::invite_ref odd = store::ref_of(ids[2]);
  const std::string right(store::invite_key("inv", odd.tag, odd.h));
  redis.command({"DEL", right});
  redis.command({"LPUSH", right, "1"});
  const auto outcomes = redeem_all(ids);
  for (std::size_t i = 0; i < ids.size(); ++i)
    BOOST_TEST(is_kind(outcomes[i], i == 2 ? redeem_kind::lost : redeem_kind::redeemed));
}

BOOST_AUTO_TEST_CASE(what_was_counted_as_expired_is_not_counted_again) {
  const std::vector<store::invite_id> ids = made(2);
  const store::invite_ref settled = store::ref_of(ids[1]);
  const std::string due(store::group_key("due", settled.tag));
  redis.command(
      {"ZREM", due, std::string(store::as_text(settled.h)) + "clinic-1"}); // then the clock was set back
  for (const auto& each : redeem_all(ids)) BOOST_TEST(is_kind(each, redeem_kind::redeemed));
  BOOST_TEST(counter("redeemed") == "$1\r\n1\r\n");
  BOOST_TEST(pending() == "$1\r\n1\r\n");
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
