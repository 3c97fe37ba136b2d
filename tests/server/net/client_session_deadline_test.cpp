#include "tests/server/net/client_session_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::server {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

} // namespace

BOOST_FIXTURE_TEST_SUITE(session_deadlines, session_fixture)

BOOST_AUTO_TEST_CASE(a_refused_request_lingers) {
  connect();
  send("GET / HTTP/1.1\r\n\r\n" + hello);
  BOOST_TEST(receive().starts_with("HTTP/1.1 400"));
  BOOST_TEST(ended);              // our side is shut down, so the client sees the end
  send(std::string(10'000, 'x')); // still read and dropped, so there is no reset
  BOOST_TEST(sessions.size() == 1u);
  BOOST_TEST(service.requests.empty());
  client.close();
  settle();
  BOOST_TEST(sessions.size() == 0u);
}

BOOST_AUTO_TEST_CASE(lingering_ends_in_time) {
  connect();
  send("GET / HTTP/1.1\r\n\r\n");
  BOOST_TEST(sessions.size() == 1u);
  for (int i = 0; i < 10; ++i) {
    send("x"); // does not prolong the deadline
    pass(300ms);
  }
  BOOST_TEST(sessions.size() == 0u);
}

BOOST_AUTO_TEST_CASE(slow_loris_in_the_head) {
  connect();
  send("GET / HTTP/1.1\r\n");
  for (int i = 0; i < 9; ++i) {
    send("A: b\r\n");
    pass(1000ms);
  }
  BOOST_TEST(receive() == "");
  BOOST_TEST(!ended);
  pass(1000ms);
  pass(1000ms);
  BOOST_TEST(receive().starts_with("HTTP/1.1 408"));
  BOOST_TEST(ended);
  BOOST_TEST(context.counters.timeouts[static_cast<std::size_t>(phase::header)] == 1u);
  BOOST_TEST(service.requests.empty());
}

BOOST_AUTO_TEST_CASE(slow_loris_in_the_content) {
  connect();
  send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n");
  for (int i = 0; i < 29; ++i) {
    send("x");
    pass(1000ms);
  }
  BOOST_TEST(!ended);
  BOOST_TEST(receive() == "");
  pass(2000ms);
  BOOST_TEST(receive().starts_with("HTTP/1.1 408"));
  BOOST_TEST(ended);
}

BOOST_AUTO_TEST_CASE(silence) {
  connect();
  pass(11s);
  BOOST_TEST(receive() == ""); // nothing was asked, so nothing is answered
  BOOST_TEST(ended);
  BOOST_TEST(sessions.size() == 0u);
}

BOOST_AUTO_TEST_CASE(idle_connections_live_longer) {
  connect();
  send(hello);
  receive();
  pass(74s);
  send(hello);
  BOOST_TEST(receive().ends_with("</hello|>"));
  pass(76s);
  BOOST_TEST(receive() == "");
  BOOST_TEST(ended);
}

BOOST_AUTO_TEST_CASE(a_waiting_handler_has_no_deadline_here) {
  make_handlers_wait();
  connect();
  send(hello);
  pass(1000s);
  BOOST_TEST(sessions.size() == 1u);
  open_gate();
  BOOST_TEST(receive().ends_with("</hello|>"));
}

BOOST_AUTO_TEST_CASE(a_client_that_does_not_read) {
  service.limit = 4 << 20;
  connect();
  send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4194304\r\n\r\n" + std::string(4 << 20, 'b'));
  BOOST_TEST(sessions.size() == 1u);
  pass(31s);
  BOOST_TEST(sessions.size() == 0u);
  BOOST_TEST(context.counters.timeouts[static_cast<std::size_t>(phase::write)] == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
