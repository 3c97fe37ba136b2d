#pragma once

#include "store/keys/keys.hpp"
#include "tests/store/counting/counts_model.hpp"
#include "tests/support/moved_clock.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <vector>

namespace invited::test {

/// Two providers that share their keys, and one with keys of its own.
inline std::vector<std::string> some_providers() {
  std::vector<std::string> providers = {"clinic-1"};
  const store::group shared = store::group_of("clinic-1");
  for (int i = 2; providers.size() < 2; ++i) {
    const std::string name = "clinic-" + std::to_string(i);
    if (store::group_of(name) == shared) providers.push_back(name);
  }
  providers.push_back("hospital-1");
  BOOST_REQUIRE(store::group_of("hospital-1") != shared);
  return providers;
}

/// Providers, a Redis whose clock is moved, two servers' stores on it, and what they should have counted. The
/// seed decides every choice.
class simulated_world {
protected:
  using invite = counts_model::invite;

  static constexpr std::int64_t day_ms = 86'400'000;
  static constexpr std::int64_t birth = 20'000; ///< the day on which it begins: 2024-10-04

  explicit simulated_world(unsigned seed) : random_(seed) {}

  /// Checks that the counts of these days are those of the model.
  void check(const std::string& provider, store::day_range range) {
    store_side& by = some_side();
    store::analytics& counts = &by == &first_ ? first_counts_ : second_counts_;
    const store::activity seen = by.run(counts.read(provider, range)).value();
    BOOST_TEST_CONTEXT(provider << " from day " << range.from - birth << " to " << range.to - birth << " at "
                                << world_.now() - birth * day_ms << " ms") {
      BOOST_REQUIRE(std::ssize(seen.days) == range.length());
      for (std::int64_t day = range.from; day < range.to; ++day)
        BOOST_REQUIRE(
            (seen.days[static_cast<std::size_t>(day - range.from)].of == world_.on(provider, day).of));
      BOOST_REQUIRE(seen.pending_at_start() == world_.pending_before(provider, range.from));
      BOOST_REQUIRE(seen.pending_at_end == world_.pending_before(provider, range.to));
      std::int64_t over = -1;
      for (const store::redeem_time& bucket : seen.redeem_times) {
        BOOST_REQUIRE(bucket.count == world_.redeemed_within(provider, range, over, bucket.upper_end));
        over = bucket.upper_end;
      }
    }
  }

  std::int64_t number(std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
  }
  template <class T>
  T& one_of(std::vector<T>& all) {
    return all[static_cast<std::size_t>(number(0, std::ssize(all) - 1))];
  }
  store_side& some_side() { return number(0, 1) == 0 ? first_ : second_; }

  /// Any invite that is still known, more often a recent one; null if there is none.
  invite* pick() {
    std::vector<invite>& all = world_.invites();
    if (all.empty()) return nullptr;
    const std::int64_t last = std::ssize(all) - 1;
    invite& i = all[static_cast<std::size_t>(number(number(0, 2) == 0 ? 0 : last - last / 8, last))];
    return i.made.expires_at + store_side::lives().retention.count() > world_.now() ? &i : nullptr;
  }

  void pass(std::int64_t ms) { pass_to(world_.now() + ms); }
  void pass_to(std::int64_t ms) {
    clock_.stand_at(ms);
    world_.pass_to(ms);
  }

  std::mt19937 random_;
  std::vector<std::string> providers_ = some_providers();
  counts_model world_{birth * day_ms + day_ms / 2};
  moved_clock clock_{world_.now()};
  redis_server redis_{clock_, {}};
  store_side first_{redis_, {}, birth, store::redis::durability::relaxed};
  store_side second_{redis_, {}, birth, store::redis::durability::relaxed};
  store::analytics first_counts_{first_.lane(), birth};
  store::analytics second_counts_{second_.lane(), birth};
};

} // namespace invited::test
