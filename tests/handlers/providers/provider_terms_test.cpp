#include "handlers/providers/provider_terms.hpp"

#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {
namespace {

using namespace std::chrono_literals;
using handlers::create_terms;
using handlers::provider_terms;

struct terms_of_providers {
  redis_server redis;
  store_side side{redis};
  store::providers known{side.connection(), side.lane()};
  provider_terms terms{known, {24h, {50, 1000}}, {60s, 48h, "US"}};
  provider_terms::clock::time_point now = provider_terms::clock::now();

  create_terms set(const store::provider_settings& s) {
    const store::providers::change c{"clinic-1", s, "", {}};
    side.run(known.write(c, now)).value();
    return terms.known("clinic-1", now).value();
  }
};

BOOST_FIXTURE_TEST_SUITE(terms, terms_of_providers)

BOOST_AUTO_TEST_CASE(what_is_not_set_has_the_servers_default) {
  BOOST_TEST(!terms.known("clinic-1", now));
  const create_terms usual = side.run(terms.find("clinic-1", now)).value();
  BOOST_TEST((usual.ttl == 24h));
  BOOST_TEST((usual.limit == store::rate{50, 1000}));
  BOOST_TEST(!!terms.known("clinic-1", now));
  store::provider_settings one{};
  one.burst = 7;
  BOOST_TEST((set(one).limit == store::rate{50, 7}));
  one = {};
  one.per_second = 0.5;
  BOOST_TEST((set(one).limit == store::rate{0.5, 1000}));
  one = {};
  one.ttl = 2h;
  BOOST_TEST((set(one).ttl == 2h));
}

BOOST_AUTO_TEST_CASE(a_ttl_set_under_other_rules_is_brought_within_them) {
  store::provider_settings one{};
  one.ttl = 1s;
  BOOST_TEST((set(one).ttl == 60s));
  one.ttl = 240h;
  BOOST_TEST((set(one).ttl == 48h));
}

BOOST_AUTO_TEST_CASE(what_is_known_is_not_asked_for_until_it_is_old) {
  side.run(terms.find("clinic-1", now)).value();
  redis.stop();
  BOOST_REQUIRE(wait_until([&] {
    side.poll();
    return !side.connection().ready();
  }));
  BOOST_TEST(side.run(terms.find("clinic-1", now)).has_value());
  BOOST_TEST(!terms.known("clinic-1", now + 5s));
  BOOST_TEST(side.run(terms.find("clinic-1", now + 5s)).has_value()); // an old one is better than none
  BOOST_TEST(side.run(terms.find("clinic-2", now)).has_error());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
