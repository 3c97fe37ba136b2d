#pragma once

#include "store/keys/keys.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace invited::test {

using create_kind = store::create_outcome::kind;
using redeem_kind = store::redeem_outcome::kind;
using creating = task<store::result<store::create_outcome>>;
using redeeming = task<store::result<store::redeem_outcome>>;

/// Acts that leave as one script call.
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

inline bool is_kind(const store::result<store::redeem_outcome>& r, redeem_kind what) {
  return r && r->what == what;
}

} // namespace invited::test
