// Answers in the order of their requests, also where a file follows one.
#include "tests/server/http/http_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::server {
namespace {

/// Answers that a file follows.
struct with_file : core_fixture {
  const std::string file = std::string(300'000, 'f') + "end";
  with_file() { service.extra.file = file; }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(connection_order, core_fixture)

BOOST_AUTO_TEST_CASE(pipelined_requests_are_answered_in_one_write) {
  wire w{*this};
  w.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nPOST /2 HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nok"
         "GET /3 HTTP/1.1\r\nHost: h\r\n\r\n");
  BOOST_TEST(service.requests.size() == 3);
  BOOST_TEST(w.writes == 1);
  const auto first = w.out.find("</1|>");
  const auto second = w.out.find("</2|ok>");
  const auto third = w.out.find("</3|>");
  BOOST_TEST(first < second);
  BOOST_TEST(second < third);
  BOOST_TEST(third != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_flood_of_pipelined_requests) {
  wire w{*this};
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: h\r\n\r\n";
  w.send(many);
  BOOST_TEST_REQUIRE(service.requests.size() == 1000);
  BOOST_TEST(service.requests[999].path == "/999");
  BOOST_TEST(w.writes > 1); // the held bytes are bounded
  BOOST_TEST(w.writes < 500);
}

BOOST_AUTO_TEST_CASE(answers_are_not_held_long) {
  static std::chrono::steady_clock::time_point time;
  time = {};
  context.steady_clock = [] { return time += std::chrono::milliseconds{6}; };
  wire w{*this};
  w.send(evil + evil + evil);
  BOOST_TEST(w.writes == 3);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(connection_files, with_file)

BOOST_AUTO_TEST_CASE(a_file_follows_the_answer) {
  wire w{*this};
  w.send("GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
  BOOST_TEST(w.out.find("Content-Length: " + std::to_string(5 + file.size()) + "\r\n") != std::string::npos);
  BOOST_TEST(w.out.ends_with("\r\n\r\n</x|>" + file));
  BOOST_TEST(w.writes == 2);
}

BOOST_AUTO_TEST_CASE(it_is_written_from_where_it_is) {
  connection c(context, peer);
  const std::string_view request = "GET /x HTTP/1.1\r\nHost: h\r\n\r\n";
  std::copy(request.begin(), request.end(), c.room().begin());
  c.received(request.size());
  BOOST_TEST_REQUIRE((c.next() == connection::want::serve));
  c.answered(service.serve_now(c.request()));
  BOOST_TEST_REQUIRE((c.next() == connection::want::write));
  c.written(c.output().size());
  std::size_t sent = 0;
  while (sent < file.size()) { // in pieces, as a slow client takes them
    BOOST_TEST_REQUIRE((c.next() == connection::want::write));
    BOOST_TEST_REQUIRE((c.output().data() == file.data() + sent));
    BOOST_TEST(!c.is_idle());
    const std::size_t piece = std::min<std::size_t>(10'000, c.output().size());
    c.written(piece);
    sent += piece;
  }
  BOOST_TEST((c.next() == connection::want::read));
  BOOST_TEST(c.is_idle());
}

BOOST_AUTO_TEST_CASE(answers_stay_in_order) {
  wire w{*this};
  w.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nHEAD /2 HTTP/1.1\r\nHost: h\r\n\r\n"
         "GET /3 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  const std::size_t first = w.out.find("</1|>" + file + "HTTP/1.1 200 OK\r\n");
  BOOST_TEST(first != std::string::npos);
  BOOST_TEST(w.out.find(file, first + file.size()) == w.out.size() - file.size()); // and none for HEAD
  BOOST_TEST(w.out.ends_with("</3|>" + file));
  BOOST_TEST(w.closed);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
