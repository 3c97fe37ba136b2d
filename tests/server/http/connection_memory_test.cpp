// Memory that contents and answers take from the budget, and what a request holds besides.
#include "tests/server/http/http_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <utility>

namespace invited::server {
namespace {

/// With memory for one large content.
struct tight : core_fixture {
  memory_budget little{100'000};
  http_context poor{service, log, little, 1};

  tight() { service.limit = 1 << 20; }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(connection_memory, tight)

BOOST_AUTO_TEST_CASE(what_finds_none_is_refused_before_it_is_read) {
  wire first(*this, poor), second(*this, poor), third(*this, poor);
  first.send(post_to("/p", "Content-Length: 60000\r\n") + std::string(59'998, 'x'));
  BOOST_TEST(little.used() == 60'000u);
  second.send(post_to("/p", "Content-Length: 40001\r\nExpect: 100-continue\r\n"));
  BOOST_TEST(second.out.starts_with("HTTP/1.1 503 "));
  BOOST_TEST(second.out.find("\"code\":\"busy\"") != std::string::npos);
  BOOST_TEST(second.out.find("Connection: close\r\n") != std::string::npos);
  BOOST_TEST(poor.counters.without_memory == 1u);
  BOOST_TEST(poor.counters.refused == 0u); // HTTP forbids nothing of it
  BOOST_TEST(little.used() == 60'000u);
  third.send(post_to("/p", "Content-Length: 40000\r\n") + "x"); // what fits is read
  BOOST_TEST(third.out.empty());
  BOOST_TEST(little.used() == 100'000u);
  first.send("xx");
  BOOST_TEST(first.out.starts_with("HTTP/1.1 200 "));
  BOOST_TEST(little.used() == 40'000u);
  third.state().timed_out(phase::body);
  BOOST_TEST(little.used() == 0u);
}

BOOST_AUTO_TEST_CASE(a_little_content_needs_none) {
  memory_share all(little);
  BOOST_TEST(all.grow_to(100'000));
  for (const std::size_t size : {1U, 1000U, 4096U}) {
    wire w(*this, poor);
    w.send(post_to("/p", "Content-Length: " + std::to_string(size) + "\r\n"));
    w.send(std::string(size, 'x'));
    BOOST_TEST(w.out.starts_with("HTTP/1.1 200 "), size);
  }
  wire chunked(*this, poor);
  chunked.send(post_to("/p", "Transfer-Encoding: chunked\r\n") + "5\r\nhello\r\n0\r\n\r\n");
  BOOST_TEST(chunked.out.starts_with("HTTP/1.1 200 "));
  wire more(*this, poor);
  more.send(post_to("/p", "Content-Length: 4097\r\n"));
  BOOST_TEST(more.out.starts_with("HTTP/1.1 503 "));
}

BOOST_AUTO_TEST_CASE(chunks_count_as_they_come) {
  wire w(*this, poor);
  w.send(post_to("/p", "Transfer-Encoding: chunked\r\n"));
  BOOST_TEST(little.used() == 0u);
  const std::string chunk = "1000\r\n" + std::string(4096, 'x') + "\r\n";
  std::size_t sent = 0;
  while (w.out.empty() && sent < 1 << 20) {
    w.send(chunk);
    sent += 4096;
    if (w.out.empty()) BOOST_TEST(little.used() >= (sent > 4096 ? sent : 0));
  }
  BOOST_TEST(w.out.starts_with("HTTP/1.1 503 "));
  BOOST_TEST(sent > 40'000u);
  BOOST_TEST(little.used() == 0u);
  BOOST_TEST(service.requests.empty());
}

BOOST_AUTO_TEST_CASE(whoever_leaves_gives_it_back) {
  {
    wire w(*this, poor);
    w.send(post_to("/p", "Content-Length: 90000\r\n") + std::string(50'000, 'x'));
    BOOST_TEST(little.used() == 90'000u);
  }
  BOOST_TEST(little.used() == 0u);
}

BOOST_AUTO_TEST_CASE(a_large_answer_counts_until_it_is_taken) {
  wire w(*this, poor);
  w.reads = false;
  w.send(post_to("/p", "Content-Length: 90000\r\n") + std::string(90'000, 'x')); // and so much comes back
  BOOST_TEST(little.used() > 90'000u);
  wire other(*this, poor);
  other.send(post_to("/p", "Content-Length: 20000\r\n"));
  BOOST_TEST(other.out.starts_with("HTTP/1.1 503 "));
  w.reads = true;
  w.pump();
  BOOST_TEST(w.out.starts_with("HTTP/1.1 200 "));
  BOOST_TEST(little.used() == 0u);
}

BOOST_AUTO_TEST_CASE(what_a_request_holds_is_let_go_when_its_large_answer_is_taken) {
  auto place = std::make_shared<const int>(1);
  const std::weak_ptr<const int> held = place;
  wire w(*this, poor);
  w.reads = false;
  w.send("GET /before HTTP/1.1\r\nHost: h\r\n\r\n"); // its answer waits
  w.send(post_to("/p", "Content-Length: 70000\r\n"));
  w.state().request().held = std::exchange(place, nullptr); // as an endpoint does, early
  w.reads = true;
  w.pump();
  BOOST_TEST(w.out.find("</before|>") != std::string::npos);
  BOOST_TEST(!held.expired()); // that was another's answer
  w.reads = false;
  w.send(std::string(70'000, 'y'));
  BOOST_TEST(!held.expired());
  BOOST_TEST_REQUIRE((w.state().next() == connection::want::write)); // and no request behind it is looked at
  w.state().written(10);
  BOOST_TEST(!held.expired());
  w.state().written(w.state().output().size());
  BOOST_TEST(held.expired());
}

BOOST_AUTO_TEST_CASE(with_a_small_answer_it_is_let_go_at_once) {
  auto place = std::make_shared<const int>(1);
  const std::weak_ptr<const int> held = place;
  wire w(*this, poor);
  w.send(post_to("/p", "Content-Length: 2\r\n") + "x");
  w.state().request().held = std::exchange(place, nullptr);
  w.reads = false;
  w.send("y"); // who has the answer and sends the next call at once is not refused it
  BOOST_TEST(held.expired());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
