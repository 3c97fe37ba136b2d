// What holds for any mixture of calls, however many of them leave together.
#include "store/keys/keys.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <map>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace invited::test {
namespace {

using create_kind = store::create_outcome::kind;
using redeem_kind = store::redeem_outcome::kind;

constexpr std::size_t batches[] = {0, 1, 2, 7, 32};

/// A store with batches of a size, and what has happened in it by its callers' account.
struct mixture {
  explicit mixture(std::size_t most) : most_before(std::exchange(calls_together, most)), side(redis) {}
  ~mixture() { calls_together = most_before; }

  std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); }

  task<void> create() {
    store::new_invite wanted = some_invite();
    const std::string key = "key-" + std::to_string(below(40));
    const bool keyed = below(2) == 0;
    if (keyed) wanted.idempotency_key = {"iss", "portal", "create", key};
    const auto outcome = co_await side.invites().create(wanted);
    const store::created_invite& made = outcome.value().invite;
    BOOST_TEST((outcome->what == create_kind::created));
    if (!made.replayed) ids.push_back(made.id);
    if (!keyed) co_return;
    const auto [known, fresh] = by_key.emplace(key, made.id);
    BOOST_TEST(store::to_text(known->second) == store::to_text(made.id));
    if (!fresh) BOOST_TEST(made.replayed);
  }

  task<void> redeem(store::invite_id id, std::string key) {
    const store::invite_ref ref = store::ref_of(id);
    const auto outcome = co_await side.invites().redeem(ref, key, nullptr, a_patient);
    const std::string name = store::to_text(id);
    if (outcome.value().what == redeem_kind::redeemed) {
      viewed.insert(name); // at the latest now
      const auto [winner, first] = redeemed_by.emplace(name, key);
      BOOST_TEST((first || (!key.empty() && winner->second == key)));
    } else {
      BOOST_TEST((outcome->what == redeem_kind::already_redeemed));
    }
  }

  task<void> view(store::invite_id id) {
    const std::string_view no_key;
    const auto seen = co_await side.invites().view(store::ref_of(id), no_key, true, a_patient);
    BOOST_TEST(seen.value().has_value());
    viewed.insert(store::to_text(id));
  }

  task<void> any() {
    if (ids.empty() || below(3) == 0) return create();
    const store::invite_id id = ids[below(ids.size())];
    switch (below(4)) {
    case 0: return view(id);
    case 1: return redeem(id, {});
    default: return redeem(id, "redeem-key-of-patient-" + std::to_string(below(2)));
    }
  }

  /// Starts some in one turn, and waits for them.
  void live(std::size_t n) {
    std::size_t running = 0;
    std::vector<task<void>> tasks;
    {
      const turn::scope now(side.loop());
      for (std::size_t i = 0; i < n; ++i) {
        tasks.push_back(any());
        const auto note = [](void* count) { --*static_cast<std::size_t*>(count); };
        running += tasks.back().start(note, &running) ? 0 : 1;
      }
    }
    BOOST_REQUIRE(run_until(side.io(), [&] { return running == 0; }));
    for (task<void>& each : tasks) each.take();
  }

  std::size_t number(const std::vector<std::string>& command) {
    const std::string answer = redis.command(command);
    return answer.starts_with("$-1")
               ? 0
               : std::stoul(answer.substr(answer[0] == '$' ? answer.find('\n') + 1 : 1));
  }
  std::size_t counted(std::string_view event) {
    const std::string day(store::day_key(tag, store_side::real_today()));
    return number({"HGET", day, std::string(event) + "|clinic-1"});
  }

  const store::group tag = store::group_of("clinic-1");
  const std::size_t most_before;
  redis_server redis;
  store_side side;
  std::mt19937 random{20261130}; // NOLINT(*-msc51-cpp): the same mixture every time
  std::vector<store::invite_id> ids;
  std::map<std::string, store::invite_id> by_key;
  std::map<std::string, std::string> redeemed_by; ///< the winner's redeem key
  std::set<std::string> viewed;
};

BOOST_AUTO_TEST_SUITE(batches_law)

BOOST_DATA_TEST_CASE(any_mixture_is_as_if_one_came_after_the_other, batches, most) {
  mixture m(most);
  for (std::size_t turn = 0; turn < 40; ++turn) m.live(1 + m.below(50));
  BOOST_TEST(m.ids.size() > 100U);
  BOOST_TEST(m.counted("created") == m.ids.size());
  BOOST_TEST(m.counted("redeemed") == m.redeemed_by.size());
  BOOST_TEST(m.counted("viewed") == m.viewed.size());
  const std::size_t pending = m.ids.size() - m.redeemed_by.size();
  BOOST_TEST(m.number({"HGET", std::string(store::gauge_key(m.tag)), "pending|clinic-1"}) == pending);
  BOOST_TEST(m.number({"ZCARD", std::string(store::group_key("due", m.tag))}) == pending);
  BOOST_TEST(m.number({"XLEN", std::string(store::provider_key("idx", m.tag, "clinic-1"))}) == m.ids.size());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
