#include "tests/server/net/client_session_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::server {
namespace {

using namespace std::string_literals;
} // namespace

BOOST_FIXTURE_TEST_SUITE(sessions_, session_fixture)

BOOST_AUTO_TEST_CASE(keep_alive) {
  connect();
  for (int i = 0; i < 3; ++i) {
    send(hello);
    BOOST_TEST(receive().ends_with("</hello|>"));
  }
  BOOST_TEST(!ended);
  BOOST_TEST(sessions.size() == 1u);
  client.close();
  settle();
  BOOST_TEST(sessions.size() == 0u);
}

BOOST_AUTO_TEST_CASE(byte_at_a_time) {
  connect();
  for (const char c : "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nok"s) send({&c, 1});
  BOOST_TEST(receive().ends_with("</|ok>"));
}

BOOST_AUTO_TEST_CASE(three_in_one_packet) {
  connect();
  send(hello + hello + "GET /last HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  const auto answers = receive();
  BOOST_TEST(count(answers, "</hello|>") == 2);
  BOOST_TEST(answers.ends_with("</last|>"));
  BOOST_TEST(ended);
  BOOST_TEST(sessions.size() == 0u);
}

BOOST_AUTO_TEST_CASE(half_closed_before_the_answer) {
  make_handlers_wait();
  connect();
  send(hello);
  client.shutdown(local_socket::shutdown_send);
  settle();
  BOOST_TEST(receive() == "");
  BOOST_TEST(!ended);
  open_gate();
  BOOST_TEST(receive().ends_with("</hello|>"));
  BOOST_TEST(ended);
  BOOST_TEST(sessions.size() == 0u);
}

BOOST_AUTO_TEST_CASE(half_closed_in_the_middle) {
  connect();
  send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab");
  client.shutdown(local_socket::shutdown_send);
  BOOST_TEST(receive().starts_with("HTTP/1.1 400"));
  BOOST_TEST(ended);
  BOOST_TEST(service.requests.empty());
}

BOOST_AUTO_TEST_CASE(gone_before_the_answer) {
  make_handlers_wait();
  connect();
  send(hello);
  client.close();
  settle();
  BOOST_TEST(sessions.size() == 1u);
  open_gate();
  BOOST_TEST(service.requests.size() == 1u);
  BOOST_TEST(sessions.size() == 0u);
}

BOOST_AUTO_TEST_CASE(an_answer_larger_than_the_kernels_buffer) {
  service.limit = 4 << 20;
  connect();
  const std::string body(4 << 20, 'b');
  send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 4194304\r\n\r\n" + body);
  const auto answer = receive();
  BOOST_TEST(answer.size() > body.size());
  BOOST_TEST((answer.ends_with(body + ">")));
  send(hello);
  BOOST_TEST(receive().ends_with("</hello|>"));
}

BOOST_AUTO_TEST_CASE(a_client_that_never_stops_leaves_the_loop_to_others) {
  connect();
  // As much at once as the socket takes: every read is full, and every answer leaves at once.
  std::string flood;
  while (flood.size() < (1 << 16)) flood += hello;
  boost::system::error_code full;
  for (int i = 0; i < 100 && !full; ++i) client.write_some(asio::buffer(flood), full);
  std::size_t seen_by_others = 0;
  asio::post(io, [&] { asio::post(io, [&] { seen_by_others = service.requests.size(); }); });
  settle();
  const std::size_t all = service.requests.size();
  BOOST_TEST(all > 300u);
  BOOST_TEST(seen_by_others < all / 4); // they were served in between, not at the end
}

BOOST_AUTO_TEST_CASE(a_deadline_that_passes_while_an_answer_is_queued_ends_no_later_request) {
  connect();
  send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  BOOST_TEST(receive().starts_with("HTTP/1.1 100"));
  send("ok");
  BOOST_TEST(receive().ends_with("</|ok>"));
  pass(std::chrono::seconds(9)); // most of the time that a head may take
  send(hello);
  BOOST_TEST(receive().ends_with("</hello|>"));
}

BOOST_AUTO_TEST_CASE(a_service_that_throws) {
  service.throws = true;
  connect();
  send(hello + hello);
  const auto answer = receive();
  BOOST_TEST(answer.starts_with("HTTP/1.1 500"));
  BOOST_TEST(count(answer, "\r\nDate: ") == 1);
  BOOST_TEST(ended);
}

BOOST_AUTO_TEST_CASE(draining_an_idle_session) {
  connect();
  send(hello);
  receive();
  context.draining = true;
  sessions.drain();
  BOOST_TEST(receive() == "");
  BOOST_TEST(ended);
  BOOST_TEST(sessions.size() == 0u);
}

BOOST_AUTO_TEST_CASE(draining_a_busy_session) {
  make_handlers_wait();
  connect();
  send(hello);
  context.draining = true;
  sessions.drain();
  settle();
  BOOST_TEST(sessions.size() == 1u);
  open_gate();
  const auto answer = receive();
  BOOST_TEST(count(answer, "Connection: close\r\n") == 1);
  BOOST_TEST(answer.ends_with("</hello|>"));
  BOOST_TEST(ended);
}

BOOST_AUTO_TEST_CASE(draining_half_a_request) {
  connect();
  send("GET /hello HT");
  context.draining = true;
  sessions.drain();
  settle();
  BOOST_TEST(sessions.size() == 1u);
  send("TP/1.1\r\nHost: h\r\n\r\n");
  BOOST_TEST(receive().ends_with("</hello|>"));
  BOOST_TEST(ended);
}

BOOST_AUTO_TEST_CASE(aborting) {
  make_handlers_wait();
  connect();
  send(hello);
  sessions.abort();
  settle();
  BOOST_TEST(sessions.size() == 1u); // the handler still runs
  open_gate();
  BOOST_TEST(receive() == "");
  BOOST_TEST(sessions.size() == 0u);
}

BOOST_AUTO_TEST_CASE(failure_at_every_step) {
  const auto bytes = "POST /1 HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"s;
  int survived = 0;
  for (int fail_at = 1; fail_at <= 40; ++fail_at) {
    BOOST_TEST_CONTEXT("operation " << fail_at) {
      service.requests.clear();
      connect_faulty(fail_at);
      send(bytes);
      send("ok");
      send("GET /2 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
      const auto answers = receive();
      BOOST_TEST(ended);
      BOOST_TEST(service.requests.size() <= 2u);
      BOOST_TEST(count(answers, "HTTP/1.1 200") <= service.requests.size());
      BOOST_TEST(sessions.size() == 0u);
      if (answers.ends_with("</2|>")) ++survived;
    }
  }
  BOOST_TEST(survived > 0);  // once the break comes after its last step, the session survives
  BOOST_TEST(survived < 35); // and there were steps before
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
