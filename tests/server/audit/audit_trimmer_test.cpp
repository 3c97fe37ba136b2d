// What is removed from the audit in Redis, and when, over a real Redis. Groups are visited from the first on,
// so everything is in the first.
#include "tests/server/audit/keeper_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace invited::test {
namespace {

/// Ids of providers that are all in the first group.
std::vector<std::string> some_providers(std::size_t n) {
  std::vector<std::string> found;
  for (int i = 0; found.size() < n; ++i) {
    std::string id = "clinic-" + std::to_string(i);
    if (store::group_of(id) == 0) found.push_back(std::move(id));
  }
  return found;
}

struct trimmed {
  redis_server redis;
  store_side side{redis};
  const std::string provider = some_providers(1).front();
  const store::audit_stream creations = store::creations_of(0, provider);

  void create() {
    store::new_invite wanted = some_invite();
    wanted.provider_id = provider;
    side.create(wanted);
  }

  /// Creations from that many days ago, the oldest first. Call it before younger ones are added.
  void add_creations(std::initializer_list<int> days, std::string_view of = {}) {
    const std::string id(of.empty() ? provider : of);
    redis.command({"HSETNX", std::string(store::gauge_key(0)), "pending|" + id, "0"});
    for (const int ago : days) {
      const std::int64_t ms = (store_side::real_today() - ago) * 86'400'000;
      const std::string added =
          redis.command({"XADD", std::string(store::creations_of(0, id).key), std::to_string(ms) + "-0", "h",
                         std::string(16, 'h'), "c", ""});
      if (added.front() != '$') throw std::runtime_error(added);
    }
  }

  std::int64_t length(const store::audit_stream& of) const {
    return std::stoll(redis.command({"XLEN", std::string(of.key)}).substr(1));
  }
};

BOOST_FIXTURE_TEST_SUITE(audit_trimming, trimmed)

BOOST_AUTO_TEST_CASE(old_creations_go_and_younger_ones_stay) {
  add_creations({130, 121, 119, 31});
  create();
  keeping server(redis, "");
  BOOST_TEST(server.until([&] { return length(creations) == 3; }));
  BOOST_TEST(server.counts.waiting_creations == 0);
}

BOOST_AUTO_TEST_CASE(events_and_creations_each_have_their_time) {
  add_creations({40});
  const store::audit_actor nobody{};
  add_audit_event(redis, side.seals(), provider, store::audit_action::expired, nobody, nullptr, {},
                  std::to_string((store_side::real_today() - 40) * 86'400'000) + "-0");
  keeping server(redis, "");
  BOOST_TEST(server.until([&] { return length(store::events_of(0)) == 0; }));
  BOOST_TEST(length(creations) == 1);
}

BOOST_AUTO_TEST_CASE(a_creation_trims_nothing_itself) {
  add_creations({400, 130});
  for (int i = 0; i < 300; ++i) create(); // more than a node of the stream holds
  BOOST_TEST(length(creations) == 302);
}

BOOST_AUTO_TEST_CASE(no_creation_goes_before_it_was_exported_however_long_that_takes) {
  add_creations({140, 130, 125});
  store::audit_buffer exporter(side.connection(), "slow");
  const store::audit_stretch taken = side.run(exporter.take(creations, false)).value();
  BOOST_TEST(taken.size() == 3u);
  create();
  keeping server(redis, "");
  BOOST_TEST(server.until([&] { return server.counts.waiting_creations == 4; })); // it has counted them
  BOOST_TEST(length(creations) == 4);

  std::vector<std::string_view> ids;
  for (const store::redis::node entry : taken.entries()) ids.push_back(entry.at(0).text());
  BOOST_TEST(side.run(exporter.acknowledge(creations, ids)).has_value());
  keeping next(redis, ""); // it begins with the first group
  BOOST_TEST(next.until([&] { return length(creations) == 1; }));
  BOOST_TEST(next.until([&] { return next.counts.waiting_creations == 1; }));
}

BOOST_AUTO_TEST_CASE(providers_and_entries_beyond_one_look_get_their_turn) {
  const std::vector<std::string> all = some_providers(700);
  for (const std::string& id : all) add_creations({130}, id);
  redis.command(
      {"EVAL", "for i = 1, 5000 do redis.call('XADD', KEYS[1], '1700000000000-' .. i, 'h', 'h', 'c', '') end",
       "1", std::string(store::creations_of(0, "clinic-big").key)});
  redis.command({"HSET", std::string(store::gauge_key(0)), "pending|clinic-big", "0"});
  keeping server(redis, "");
  BOOST_TEST(server.until([&] {
    return length(store::creations_of(0, "clinic-big")) == 0 &&
           std::ranges::all_of(
               all, [this](const std::string& id) { return length(store::creations_of(0, id)) == 0; });
  }));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
