// Places for connections: in all, and for each address.
#include "server/net/connection_budget.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <random>
#include <thread>
#include <vector>

namespace invited::server {
namespace {

using boost::asio::ip::make_address;

store::system_entropy& entropy() {
  static store::system_entropy random;
  return random;
}

struct budgeted {
  connection_budget budget{10, 3, entropy()};
  std::vector<connection_place> places{};

  room take(const char* from, bool exempt = false) {
    connection_place place;
    const room found = budget.take(make_address(from), exempt, place);
    if (found == room::granted) places.push_back(std::move(place));
    return found;
  }
};

BOOST_AUTO_TEST_SUITE(connection_counts)

BOOST_AUTO_TEST_CASE(are_those_of_a_model) {
  constexpr std::size_t most = 50; // the table is nearly half full at times, and every way is taken
  address_counts counts{most, entropy()};
  std::map<std::uint64_t, std::uint32_t> model;
  std::vector<std::uint64_t> all;
  std::mt19937 random{7};
  for (int i = 0; i < 100'000; ++i) {
    const bool add = all.empty() || (all.size() < most && random() % 2 == 0);
    if (add) {
      all.push_back(random() % 60);
      counts.add(all.back());
      ++model[all.back()];
    } else {
      std::swap(all[random() % all.size()], all.back());
      counts.remove(all.back());
      --model[all.back()];
      all.pop_back();
    }
    const std::uint64_t one = random() % 60;
    if (counts.of(one) != model[one]) BOOST_FAIL("after " << i << " steps, of " << one);
  }
  for (const auto& [address, n] : model) BOOST_TEST(counts.of(address) == n);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(connection_places, budgeted)

BOOST_AUTO_TEST_CASE(an_address_has_its_own_and_no_more) {
  for (int i = 0; i < 3; ++i) BOOST_TEST((take("192.0.2.1") == room::granted));
  BOOST_TEST((take("192.0.2.1") == room::address_full));
  BOOST_TEST((take("::ffff:192.0.2.1") == room::address_full)); // the same
  BOOST_TEST((take("192.0.2.2") == room::granted));
  BOOST_TEST(budget.open() == 4u);
  places.erase(places.begin());
  BOOST_TEST((take("192.0.2.1") == room::granted));
  BOOST_TEST((take("192.0.2.1") == room::address_full));
}

BOOST_AUTO_TEST_CASE(a_64_is_one_address) {
  BOOST_TEST((take("2001:db8:1:2::1") == room::granted));
  BOOST_TEST((take("2001:db8:1:2::2") == room::granted));
  BOOST_TEST((take("2001:db8:1:2:ffff::") == room::granted));
  BOOST_TEST((take("2001:db8:1:2::3") == room::address_full));
  BOOST_TEST((take("2001:db8:1:3::1") == room::granted));
}

BOOST_AUTO_TEST_CASE(a_proxy_may_have_all_that_there_are) {
  for (int i = 0; i < 10; ++i) BOOST_TEST((take("10.0.0.1", true) == room::granted));
  BOOST_TEST((take("10.0.0.1", true) == room::full));
  BOOST_TEST((take("192.0.2.1") == room::full));
  places.clear();
  BOOST_TEST(budget.open() == 0u);
  BOOST_TEST((take("10.0.0.1") == room::granted));
}

BOOST_AUTO_TEST_CASE(a_place_is_given_back_once) {
  take("192.0.2.1");
  connection_place moved = std::move(places[0]);
  places.clear();
  BOOST_TEST(budget.open() == 1u);
  moved.release();
  moved.release();
  BOOST_TEST(budget.open() == 0u);
  take("192.0.2.1");
  moved = std::move(places[0]);
  moved = connection_place{};
  BOOST_TEST(budget.open() == 0u);
}

BOOST_AUTO_TEST_CASE(all_cores_share_one_count) {
  std::vector<std::thread> threads;
  std::atomic<int> too_many{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 2000; ++i) {
        std::array<connection_place, 4> mine;
        for (connection_place& p : mine)
          budget.take(boost::asio::ip::address_v4(static_cast<unsigned>(t / 2)), false, p);
        if (budget.open() > 10) ++too_many;
      }
    });
  }
  for (std::thread& t : threads) t.join();
  BOOST_TEST(too_many == 0);
  BOOST_TEST(budget.open() == 0u);
  for (int i = 0; i < 3; ++i) BOOST_TEST((take("0.0.0.0") == room::granted));
  BOOST_TEST((take("0.0.0.0") == room::address_full));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::server
