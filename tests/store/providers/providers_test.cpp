#include "store/providers/providers.hpp"

#include "store/keys/keys.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace invited::test {
namespace {

using store::provider_settings;
using store::providers;
using store::settings_ptr;

provider_settings named(std::string_view name) {
  provider_settings set{};
  set.name = name;
  return set;
}

struct known_providers {
  redis_server redis;
  store_side side{redis};
  providers here{side.connection(), side.lane()}, elsewhere{side.connection(), side.lane()};
  providers::clock::time_point now = providers::clock::now();

  settings_ptr read(providers& by, std::string_view id) { return side.run(by.read(id, now)).value(); }
  settings_ptr write(std::string_view id, const provider_settings& set,
                     std::optional<std::string> expected = {}) {
    const providers::change c{id, set, "sealed", std::move(expected)};
    return side.run(here.write(c, now)).value();
  }
  std::string key(std::string_view id) {
    return std::string(store::provider_key("prv", store::group_of(id), id));
  }
  std::string audit(std::string_view id) { return std::string(store::group_key("aud", store::group_of(id))); }
};

BOOST_FIXTURE_TEST_SUITE(store_providers, known_providers)

BOOST_AUTO_TEST_CASE(one_that_was_never_set_has_no_settings) {
  BOOST_TEST(!here.known("clinic-1", now));
  BOOST_TEST((read(here, "clinic-1")->set == provider_settings{}));
  BOOST_TEST(!!here.known("clinic-1", now)); // this is remembered, too
}

BOOST_AUTO_TEST_CASE(a_change_is_known_here_at_once_and_elsewhere_when_it_is_stale) {
  read(elsewhere, "clinic-1");
  write("clinic-1", named("One"));
  BOOST_TEST(here.known("clinic-1", now)->set.name == "One");
  BOOST_TEST(elsewhere.known("clinic-1", now)->set.name == "");
  BOOST_TEST(!!elsewhere.known("clinic-1", now + providers::fresh_for - std::chrono::milliseconds(1)));
  BOOST_TEST(!elsewhere.known("clinic-1", now + providers::fresh_for));
  BOOST_TEST(read(elsewhere, "clinic-1")->set.name == "One");
  BOOST_TEST((write("clinic-1", {})->set == provider_settings{}));
  BOOST_TEST(redis.command({"EXISTS", key("clinic-1")}) == ":0\r\n");
}

BOOST_AUTO_TEST_CASE(a_write_may_demand_what_was_there) {
  const settings_ptr none = read(here, "clinic-1"), first = write("clinic-1", named("1"), none->value);
  BOOST_REQUIRE(first);
  BOOST_TEST(!write("clinic-1", named("2"), none->value)); // another writer came first
  BOOST_TEST(read(elsewhere, "clinic-1")->set.name == "1");
  BOOST_REQUIRE(write("clinic-1", named("2"), first->value));
  BOOST_TEST(!write("clinic-1", {}, first->value));
  BOOST_TEST(read(elsewhere, "clinic-1")->set.name == "2");
}

BOOST_AUTO_TEST_CASE(every_change_is_audited_and_no_refused_one) {
  write("clinic-1", named("1"));
  write("clinic-1", named("2"), "something else");
  BOOST_TEST(redis.command({"XLEN", audit("clinic-1")}) == ":1\r\n");
  const std::string entry = redis.command({"XRANGE", audit("clinic-1"), "-", "+"});
  BOOST_TEST(entry.find("$1\r\na\r\n$1\r\nt\r\n$1\r\nh\r\n$0\r\n\r\n$1\r\np\r\n$8\r\nclinic-1\r\n"
                        "$1\r\ns\r\n$6\r\nsealed\r\n") != entry.npos);
}

BOOST_AUTO_TEST_CASE(what_was_known_serves_while_redis_is_away) {
  write("clinic-1", named("One"));
  redis.command({"CLIENT", "KILL", "TYPE", "normal"});
  BOOST_REQUIRE(wait_until([&] {
    side.poll();
    return !side.connection().ready();
  }));
  BOOST_TEST(read(here, "clinic-1")->set.name == "One");
  const auto unknown = side.run(here.read("clinic-2", now));
  BOOST_TEST((unknown.has_error() && unknown.error() == store::errc::unavailable));
}

BOOST_AUTO_TEST_CASE(a_broken_value_is_reported_not_guessed) {
  write("clinic-1", named("One"));
  redis.command({"SET", key("clinic-1"), "nonsense"});
  const auto broken = side.run(here.read("clinic-1", now));
  BOOST_TEST((broken.has_error() && broken.error() == store::errc::unexpected));
}

BOOST_AUTO_TEST_CASE(memory_is_bounded) {
  for (int i = 0; i < 5'000; ++i) read(here, "clinic-" + std::to_string(i));
  std::size_t kept = 0;
  for (int i = 0; i < 5'000; ++i) kept += here.known("clinic-" + std::to_string(i), now) ? 1U : 0U;
  BOOST_TEST(kept == 4'096u);
  BOOST_TEST(!!here.known("clinic-4999", now));
}

BOOST_AUTO_TEST_CASE(all_are_listed_once_in_pages_of_every_size) {
  std::vector<std::string> all;
  for (int i = 0; i < 40; ++i) {
    all.push_back("clinic-" + std::to_string(i));
    if (i % 2 == 0) write(all.back(), named("set"));
    if (i % 2 == 1) side.create(some_invite(all.back()));
  }
  std::ranges::sort(all, store::listed_before);
  for (const std::size_t size : {1u, 7u, 40u, 200u}) {
    BOOST_TEST_CONTEXT(size) {
      std::vector<std::string> seen;
      for (std::string after;;) {
        std::vector<std::string> page = side.run(here.ids_after(after, size)).value();
        if (page.empty()) break;
        page.resize(std::min(page.size(), size));
        after = page.back();
        seen.insert(seen.end(), page.begin(), page.end());
      }
      BOOST_TEST(seen == all, boost::test_tools::per_element());
    }
  }
  const auto listed = side.run(here.read_all(all, now)).value();
  BOOST_REQUIRE(listed.size() == all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool was_set = std::stoi(all[i].substr(7)) % 2 == 0;
    BOOST_TEST(listed[i].id == all[i]);
    BOOST_TEST(listed[i].settings->set.name == (was_set ? "set" : ""));
  }
}

BOOST_AUTO_TEST_CASE(a_repeat_is_the_same_although_the_usual_ttl_was_changed) {
  store::new_invite wanted = some_invite();
  wanted.idempotency_key = {"issuer", "dr.grey", "/generate_invite", "key-1"};
  wanted.usual_ttl = true;
  const store::create_outcome first = side.create(wanted);
  wanted.ttl = std::chrono::hours(1);
  const store::create_outcome again = side.create(wanted);
  BOOST_TEST(again.invite.replayed);
  BOOST_TEST((again.invite.id == first.invite.id));
  BOOST_TEST(again.invite.expires_at == first.invite.expires_at);
  wanted.usual_ttl = false; // it is given now, so the body differs
  BOOST_TEST((side.create(wanted).what == store::create_outcome::kind::key_reused));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
