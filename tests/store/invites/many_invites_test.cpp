// A provider with a hundred thousand invites: whatever the query is, a call reads a bounded number of them.
#include "store/invites/ledger.hpp"
#include "store/keys/keys.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {
namespace {

constexpr std::size_t many = 100'000, of_our_own = 300, most_looked_at = 1000;

/// Ledgers whose records cannot be opened, with the index entries of their creation.
constexpr const char* fill = R"(
  local before, after = ARGV[1], ARGV[2]
  local hour_ago = redis.call('TIME')[1] * 1000 - 7200000
  for i = ARGV[3] + 1, ARGV[3] + 5000 do
    local h = struct.pack('>I8I8', 0, i)
    local hex = h:gsub('.', function(c) return string.format('%02x', c:byte()) end)
    redis.call('SET', ARGV[4] .. hex, before .. struct.pack('>I6I6', hour_ago, hour_ago + 86400000) .. after)
    redis.call('XADD', KEYS[1], string.format('%.0f-%d', hour_ago + math.floor(i / 100), i), 'h', h, 'c', 'x')
  end)";

struct crowded {
  redis_server redis;
  store_side side{redis};

  crowded() {
    const store::group tag = store::group_of("clinic-1");
    const store::new_ledger ledger = store::begin_ledger(side.seals().current(), "blinded!", "clinic-1");
    const std::string prefix = std::string(store::invite_key("log", tag, {})).substr(0, 9);
    const std::string index(store::provider_key("idx", tag, "clinic-1"));
    for (std::size_t i = 0; i < many; i += 5000) { // no call may take long
      const std::string filled =
          redis.command({"EVAL", fill, "1", index, ledger.head, ledger.tail, std::to_string(i), prefix});
      BOOST_REQUIRE_MESSAGE(filled == "$-1\r\n", filled);
    }
    for (std::size_t i = 0; i < of_our_own; ++i) side.create(some_invite());
  }

  /// A figure of `INFO <section>`.
  std::int64_t info(const std::string& section, const std::string& name) const {
    const std::string all = redis.command({"INFO", section});
    const std::size_t at = all.find(name + ':');
    return at == all.npos ? 0 : std::stoll(all.substr(at + name.size() + 1));
  }
  std::int64_t keys_looked_up() const {
    return info("stats", "keyspace_hits") + info("stats", "keyspace_misses");
  }
  store::invite_page list(const store::list_query& q) { return side.run(side.invites().list(q)).value(); }
};

BOOST_FIXTURE_TEST_SUITE(many_invites, crowded)

BOOST_AUTO_TEST_CASE(a_page_reads_as_many_ledgers_as_it_shows) {
  store::list_query q{.provider_id = "clinic-1"};
  q.limit = 200;
  const std::int64_t before = keys_looked_up();
  const store::invite_page page = list(q);
  BOOST_TEST(page.invites.size() == 200U);
  BOOST_TEST(!!page.next);
  BOOST_TEST(keys_looked_up() - before <= 202);
}

BOOST_AUTO_TEST_CASE(a_search_for_what_is_not_there_goes_through_all_in_bounded_steps) {
  redis.command({"CONFIG", "SET", "slowlog-log-slower-than", "0"});
  redis.command({"CONFIG", "RESETSTAT"});
  store::list_query q{.provider_id = "clinic-1", .email = "nobody@example.org"};
  std::size_t pages = 0;
  do {
    const std::int64_t before = keys_looked_up();
    const store::invite_page page = list(q);
    BOOST_TEST(page.invites.empty());
    const std::size_t index_and_audit = most_looked_at / store::searched_in_a_step + 1;
    BOOST_TEST(keys_looked_up() - before <= static_cast<std::int64_t>(most_looked_at + index_and_audit));
    q.before = page.next;
    BOOST_REQUIRE(++pages <= 102U);
  } while (q.before);
  BOOST_TEST(pages == 101U);
  const std::string stats = redis.command({"INFO", "commandstats"});
  for (const std::string name : {"cmdstat_mget", "cmdstat_xrevrange", "cmdstat_evalsha"}) {
    const std::size_t at = stats.find(name);
    BOOST_REQUIRE(at != stats.npos);
    BOOST_TEST_MESSAGE(stats.substr(at, stats.find('\r', at) - at));
  }
}

BOOST_AUTO_TEST_CASE(the_cursor_stays_right_while_invites_are_added_and_end) {
  store::list_query q{.provider_id = "clinic-1"};
  q.limit = 50;
  const store::invite_page first = list(q);
  for (std::size_t i = 0; i < 20; ++i) side.create(some_invite());
  for (const store::invite_details& seen : first.invites) {
    const auto ended = side.run(
        side.invites().end(seen.ref, store::provider_scope::all(), store::ending::revoke, a_clinician));
    BOOST_TEST(!!ended.value());
  }
  q.before = first.next;
  const store::invite_page second = list(q);
  BOOST_REQUIRE(second.invites.size() == 50U);
  BOOST_TEST(second.invites.front().created_at <= first.invites.back().created_at);
  for (const store::invite_details& seen : second.invites)
    BOOST_TEST((seen.state == store::invite_state::pending));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
