#include "server/net/listener.hpp"
#include "tests/server/http/http_fixture.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <functional>
#include <optional>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

namespace invited::server {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
namespace asio = boost::asio;
using asio::ip::tcp;

const auto hello = "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n"s;

struct listener_fixture : core_fixture {
  store::system_entropy random{};
  connection_budget budget{3, 2, random};
  poller sockets{io, end_of_turn};
  std::vector<room> turned_away{};
  int asked_others = 0;
  std::function<bool()> others = [] { return false; }; ///< whether another core has made room
  listener door{io,
                sockets,
                net,
                budget,
                {.on_turned_away = [this](room why, const auto&) { turned_away.push_back(why); },
                 .find_room =
                     [this](auto found) {
                       ++asked_others;
                       asio::post(io, [this, found = std::move(found)] { found(others()); });
                     }}};
  asio::io_context outside{1}; ///< clients block; the server's loop runs in between
  test::turnstile gate{};

  listener_fixture() {
    const auto failed = door.open({asio::ip::make_address("127.0.0.1"), 0});
    BOOST_REQUIRE(!failed);
    door.start();
  }

  ~listener_fixture() {
    door.abort();
    gate.open();
    until([this] { return door.live() == 0; });
    for (int i = 0; i < 10; ++i) io.poll();
  }

  void make_handlers_wait() { service.gate = &gate; }

  template <class Condition>
  bool until(Condition holds) {
    const auto end = std::chrono::steady_clock::now() + 20s;
    while (!holds() && std::chrono::steady_clock::now() < end) {
      io.restart();
      io.run_for(2ms);
    }
    return holds();
  }

  /// From any of loopback's addresses.
  tcp::socket connect(const char* from = "127.0.0.1") {
    tcp::socket s{outside};
    s.open(tcp::v4());
    s.bind({asio::ip::make_address(from), 0});
    s.connect(door.local_endpoint());
    s.non_blocking(true);
    return s;
  }

  /// Reads until `part` has come or the stream has ended.
  std::string receive(tcp::socket& s, std::string_view part) {
    std::string text;
    until([&] {
      char bytes[4096];
      boost::system::error_code failed;
      const auto n = s.read_some(asio::buffer(bytes), failed);
      text.append(bytes, n);
      ended = failed && failed != asio::error::would_block;
      return ended || text.find(part) != std::string::npos;
    });
    return text;
  }

  bool ended = false;
};

constexpr std::string_view to_the_end = "\x01never";

} // namespace

BOOST_FIXTURE_TEST_SUITE(listening, listener_fixture)

BOOST_AUTO_TEST_CASE(serves) {
  auto s = connect();
  asio::write(s, asio::buffer(hello));
  BOOST_TEST(receive(s, "</hello|>").starts_with("HTTP/1.1 200 OK\r\n"));
  BOOST_TEST(door.live() == 1u);
  BOOST_TEST(budget.open() == 1u);
  BOOST_TEST(service.requests.back().client == "127.0.0.1");
  s.close();
  BOOST_TEST(until([&] { return door.live() == 0; }));
  BOOST_TEST(budget.open() == 0u);
}

BOOST_AUTO_TEST_CASE(urgent_data_hides_nothing) {
  auto s = connect();
  const std::string_view urgent = "GET /hello HTTP/1.1\r\nX";
  asio::write(s, asio::buffer(urgent.substr(0, urgent.size() - 1)));
  s.send(asio::buffer(urgent.substr(urgent.size() - 1)), tcp::socket::message_out_of_band);
  asio::write(s, asio::buffer(": y\r\nHost: h\r\n\r\n"s)); // all of it before the server looks
  BOOST_TEST(receive(s, "</hello|>").starts_with("HTTP/1.1 200"));
}

BOOST_AUTO_TEST_CASE(two_cores_share_a_port) {
  echo_service other_service;
  http_context other_context{other_service, log, memory, 1};
  net_context other_net{other_context, timers, writes};
  connection_budget other_budget{1, 1, random};
  listener other{io, sockets, other_net, other_budget};
  BOOST_TEST(!other.open(door.local_endpoint()));
  BOOST_TEST((other.local_endpoint() == door.local_endpoint()));
}

BOOST_AUTO_TEST_CASE(an_address_that_is_not_ours) {
  listener other{io, sockets, net, budget};
  BOOST_TEST(!!other.open({asio::ip::make_address("192.0.2.1"), 0}));
}

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

  gate.open(); // each is idle now, and the first to be so goes
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

  auto fifth = connect("127.0.0.5"); // the silent one is older than the fourth's silence
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

BOOST_AUTO_TEST_CASE(room_that_somebody_else_takes_first_is_none) {
  std::array<connection_place, 3> places;
  for (unsigned i = 0; i < places.size(); ++i) budget.take(asio::ip::address_v4(i), false, places[i]);
  others = [] { return true; };
  auto s = connect();
  BOOST_TEST(receive(s, to_the_end).starts_with("HTTP/1.1 503"));
  BOOST_TEST((turned_away == std::vector{room::full}));
}

BOOST_AUTO_TEST_CASE(who_waits_for_room_is_let_go_at_the_end) {
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

BOOST_AUTO_TEST_CASE(behind_a_trusted_proxy_are_many) {
  context.trusted_proxies.push_back(*network::parse("127.0.0.0/29"));
  auto first = connect(), second = connect(), third = connect();
  BOOST_TEST(until([&] { return door.live() == 3; }));
  asio::write(third, asio::buffer(hello));
  BOOST_TEST(receive(third, "</hello|>").starts_with("HTTP/1.1 200"));
}

BOOST_AUTO_TEST_CASE(stop_ends_idle_connections_and_lets_busy_ones_finish) {
  auto idle = connect();
  asio::write(idle, asio::buffer(hello));
  receive(idle, "</hello|>");

  make_handlers_wait();
  auto busy = connect();
  asio::write(busy, asio::buffer(hello));
  const auto endpoint = door.local_endpoint();
  bool drained = false;
  BOOST_TEST(until([&] { return gate.waiting() == 1; }));
  door.stop([&] { drained = true; });
  receive(idle, to_the_end);
  BOOST_TEST(ended);
  BOOST_TEST(until([&] { return door.live() == 1; }));
  BOOST_TEST(!drained);

  tcp::socket late{outside};
  boost::system::error_code refused_;
  late.connect(endpoint, refused_);
  BOOST_TEST((refused_ == asio::error::connection_refused));

  gate.open();
  const auto answer = receive(busy, to_the_end);
  BOOST_TEST(answer.ends_with("</hello|>"));
  BOOST_TEST(count(answer, "Connection: close\r\n") == 1);
  busy.close();
  BOOST_TEST(until([&] { return drained; }));
  BOOST_TEST(door.live() == 0u);
}

BOOST_AUTO_TEST_CASE(stop_serves_what_has_come_before_it) {
  auto s = connect();
  asio::write(s, asio::buffer(hello));
  receive(s, "</hello|>");
  asio::write(s, asio::buffer(hello)); // the loop has not seen it yet
  door.stop([] {});
  const auto answer = receive(s, to_the_end);
  BOOST_TEST(answer.ends_with("</hello|>"));
  BOOST_TEST(count(answer, "Connection: close\r\n") == 1);
}

BOOST_AUTO_TEST_CASE(stop_with_nobody_there) {
  bool drained = false;
  door.stop([&] { drained = true; });
  BOOST_TEST(!drained); // never from within the call
  BOOST_TEST(until([&] { return drained; }));
}

BOOST_AUTO_TEST_CASE(abort_cuts_what_stop_waits_for) {
  make_handlers_wait();
  auto slow = connect();
  asio::write(slow, asio::buffer(hello));
  BOOST_TEST(until([&] { return gate.waiting() == 1; }));
  bool drained = false;
  door.stop([&] { drained = true; });
  io.poll();
  BOOST_TEST(!drained);
  door.abort();
  receive(slow, to_the_end);
  BOOST_TEST(ended); // before the handler has ended
  gate.open();
  BOOST_TEST(until([&] { return drained; }));
}

BOOST_AUTO_TEST_CASE(out_of_file_descriptors) {
  rlimit before{};
  BOOST_REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  auto s = connect();
  asio::write(s, asio::buffer(hello));
  // The lowest free number is the first that may not be given out any more.
  const int lowest = ::dup(0);
  BOOST_REQUIRE(lowest >= 0);
  ::close(lowest);
  rlimit tight = before;
  tight.rlim_cur = static_cast<rlim_t>(lowest);
  BOOST_REQUIRE(::setrlimit(RLIMIT_NOFILE, &tight) == 0);
  BOOST_TEST(until([&] { return context.counters.accept_failures > 0; }));
  BOOST_TEST(door.live() == 0u);
  BOOST_REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
  BOOST_TEST(receive(s, "</hello|>").starts_with("HTTP/1.1 200"));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
