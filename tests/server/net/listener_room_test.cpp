// A client that comes when all places are taken, those of the process or those of its address.
#include "server/net/listener.hpp"

#include "tests/server/net/listener_fixture.hpp"

#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <string>
#include <vector>

namespace invited::server {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

BOOST_FIXTURE_TEST_SUITE(making_room, listener_fixture)

BOOST_AUTO_TEST_CASE(over_the_cap_with_nobody_idle) {
  make_handlers_wait();
  std::vector<tcp::socket> clients;
  for (const char* from : {"127.0.0.1", "127.0.0.2", "127.0.0.3"}) {
    clients.push_back(connect(from));
    asio::write(clients.back(), asio::buffer(hello));
  }
  BOOST_TEST(until([&] { return gate.waiting() == 3; }));
  auto fourth = connect("127.0.0.4");
  asio::write(fourth, asio::buffer(hello));
  const auto answer = receive(fourth, to_the_end);
  BOOST_TEST(answer.starts_with("HTTP/1.1 503 "));
  BOOST_TEST(count(answer, "\r\nRetry-After: ") == 1);
  BOOST_TEST(ended);
  BOOST_TEST(asked_others == 1);
  BOOST_TEST(context.counters.turned_away == 1u);
  BOOST_TEST(context.counters.made_room == 0u);
  BOOST_TEST((turned_away == std::vector{room::full}));
  BOOST_TEST(budget.open() == 3u);

  gate.open(); // each is idle now, and the first to become idle goes
  for (tcp::socket& c : clients) BOOST_TEST(receive(c, "</hello|>").starts_with("HTTP/1.1 200"));
  auto fifth = connect("127.0.0.4");
  asio::write(fifth, asio::buffer(hello));
  BOOST_TEST(receive(fifth, "</hello|>").starts_with("HTTP/1.1 200"));
  BOOST_TEST(budget.open() == 3u);
}

BOOST_AUTO_TEST_CASE(the_longest_idle_makes_room) {
  std::vector<tcp::socket> clients;
  for (const char* from : {"127.0.0.1", "127.0.0.2"}) {
    clients.push_back(connect(from));
    asio::write(clients.back(), asio::buffer(hello));
    receive(clients.back(), "</hello|>");
    now += 1s;
    timers.tick();
  }
  clients.push_back(connect("127.0.0.3")); // silent
  BOOST_TEST(until([&] { return door.live() == 3; }));
  asio::write(clients[0], asio::buffer("GET /half"s)); // has a request under way again
  now += 1s;
  timers.tick();

  auto fourth = connect("127.0.0.4");
  asio::write(fourth, asio::buffer(hello));
  BOOST_TEST(receive(fourth, "</hello|>").starts_with("HTTP/1.1 200"));
  BOOST_TEST(budget.open() == 3u);
  BOOST_TEST(context.counters.made_room == 1u);
  BOOST_TEST(asked_others == 0);
  receive(clients[1], to_the_end);
  BOOST_TEST(ended);

  auto fifth = connect("127.0.0.5"); // the silent one has been silent for longer than the fourth
  asio::write(fifth, asio::buffer(hello));
  BOOST_TEST(receive(fifth, "</hello|>").starts_with("HTTP/1.1 200"));
  receive(clients[2], to_the_end);
  BOOST_TEST(ended);
  asio::write(clients[0], asio::buffer(" HTTP/1.1\r\nHost: h\r\n\r\n"s));
  BOOST_TEST(receive(clients[0], "</half|>").starts_with("HTTP/1.1 200"));
  BOOST_TEST(context.counters.timeouts[static_cast<std::size_t>(phase::idle)] == 0u);
  BOOST_TEST(turned_away.empty());
}

BOOST_AUTO_TEST_CASE(a_request_that_has_come_is_served_and_not_ended) {
  std::vector<tcp::socket> clients;
  for (const char* from : {"127.0.0.1", "127.0.0.2", "127.0.0.3"}) {
    clients.push_back(connect(from));
    asio::write(clients.back(), asio::buffer(hello));
    receive(clients.back(), "</hello|>");
  }
  for (tcp::socket& c : clients) asio::write(c, asio::buffer(hello)); // the loop has not seen them yet
  auto fourth = connect("127.0.0.4");
  for (tcp::socket& c : clients) BOOST_TEST(receive(c, "</hello|>").starts_with("HTTP/1.1 200"));
}

BOOST_AUTO_TEST_CASE(another_core_makes_room) {
  std::array<connection_place, 3> places; // of another core's clients
  for (unsigned i = 0; i < places.size(); ++i) budget.take(asio::ip::address_v4(i), false, places[i]);
  others = [&] {
    places[0].release();
    return true;
  };
  auto s = connect();
  asio::write(s, asio::buffer(hello));
  BOOST_TEST(receive(s, "</hello|>").starts_with("HTTP/1.1 200"));
  BOOST_TEST(asked_others == 1);
  BOOST_TEST(turned_away.empty());
  BOOST_TEST(budget.open() == 3u);
}

BOOST_AUTO_TEST_CASE(room_that_another_takes_first_is_none) {
  std::array<connection_place, 3> places;
  for (unsigned i = 0; i < places.size(); ++i) budget.take(asio::ip::address_v4(i), false, places[i]);
  others = [] { return true; };
  auto s = connect();
  BOOST_TEST(receive(s, to_the_end).starts_with("HTTP/1.1 503"));
  BOOST_TEST((turned_away == std::vector{room::full}));
}

BOOST_AUTO_TEST_CASE(a_client_that_waits_for_room_is_let_go_at_the_end) {
  std::array<connection_place, 3> places;
  for (unsigned i = 0; i < places.size(); ++i) budget.take(asio::ip::address_v4(i), false, places[i]);
  others = [&] {
    places[0].release();
    return true;
  };
  auto s = connect();
  while (asked_others == 0) io.run_one(); // asked, and not answered yet
  bool drained = false;
  door.stop([&] { drained = true; });
  receive(s, to_the_end);
  BOOST_TEST(ended);
  BOOST_TEST(until([&] { return drained; }));
  BOOST_TEST(door.live() == 0u);
}

BOOST_AUTO_TEST_CASE(an_address_has_its_own_cap) {
  auto first = connect(), second = connect();
  BOOST_TEST(until([&] { return door.live() == 2; }));
  auto third = connect();
  asio::write(third, asio::buffer(hello));
  BOOST_TEST(receive(third, to_the_end).starts_with("HTTP/1.1 503 "));
  BOOST_TEST(ended);
  BOOST_TEST((turned_away == std::vector{room::address_full}));
  BOOST_TEST(context.counters.crowded_out == 1u);
  BOOST_TEST(context.counters.made_room == 0u); // nobody had to go
  BOOST_TEST(door.live() == 2u);

  auto other = connect("127.0.0.2");
  asio::write(other, asio::buffer(hello));
  BOOST_TEST(receive(other, "</hello|>").starts_with("HTTP/1.1 200"));
  first.close();
  BOOST_TEST(until([&] { return door.live() == 2; }));
  auto again = connect();
  asio::write(again, asio::buffer(hello));
  BOOST_TEST(receive(again, "</hello|>").starts_with("HTTP/1.1 200"));
}

BOOST_AUTO_TEST_CASE(a_trusted_proxy_has_no_cap_of_its_own) {
  context.trusted_proxies.push_back(*network::parse("127.0.0.0/29"));
  auto first = connect(), second = connect(), third = connect();
  BOOST_TEST(until([&] { return door.live() == 3; }));
  asio::write(third, asio::buffer(hello));
  BOOST_TEST(receive(third, "</hello|>").starts_with("HTTP/1.1 200"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::server
