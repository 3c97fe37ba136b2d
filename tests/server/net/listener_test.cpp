#include "server/net/listener.hpp"

#include "tests/server/net/listener_fixture.hpp"

#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

#include <sys/resource.h>
#include <unistd.h>

namespace invited::server {
namespace {

using namespace std::string_literals;

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
  BOOST_TEST(!drained); // not from within the call
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
  // The lowest free number is the first that may no longer be given out.
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

} // namespace
} // namespace invited::server
