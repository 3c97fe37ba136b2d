// Content that is refused before it is read, and files that follow an answer without being copied.
#include "tests/server/http/http_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::server {
namespace {

std::string post_to(const std::string& path, const std::string& fields) {
  return "POST " + path + " HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n";
}

struct roomy : core_fixture {
  roomy() { service.limit = 1 << 20; }
};

/// Answers that a file follows.
struct with_file : core_fixture {
  const std::string file = std::string(300'000, 'f') + "end";
  with_file() { service.extra.file = file; }
};

BOOST_FIXTURE_TEST_SUITE(early_refusals, roomy)

BOOST_AUTO_TEST_CASE(much_content_is_refused_before_any_of_it_is_read) {
  for (const char* fields : {"Content-Length: 1000000\r\n", "Transfer-Encoding: chunked\r\n",
                             "Content-Length: 1000000\r\nExpect: 100-continue\r\n"}) {
    BOOST_TEST_CONTEXT(fields) {
      wire w{*this};
      w.send(post_to("/private", fields));
      BOOST_TEST(w.out.starts_with("HTTP/1.1 401 "));
      BOOST_TEST(w.out.ends_with("\r\n\r\nwho?"));
      BOOST_TEST(w.out.find("Connection: close\r\n") != std::string::npos);
      BOOST_TEST(w.shut); // in stages: the client may be sending still
      BOOST_TEST(!w.closed);
      BOOST_TEST(service.requests.empty());
      BOOST_TEST_REQUIRE(!log.lines.empty());
      BOOST_TEST(log.lines.back().status == 401U);
      BOOST_TEST(log.lines.back().route == "/echo");
    }
  }
}

BOOST_AUTO_TEST_CASE(what_follows_a_refused_head_is_never_a_request) {
  wire w{*this};
  w.send(post_to("/private", "Content-Length: 1000000\r\n") + "GET /evil HTTP/1.1\r\nHost: h\r\n\r\n");
  BOOST_TEST(service.requests.empty());
  BOOST_TEST(w.out.find("HTTP/1.1", 1) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(too_much_is_too_much_whoever_sends_it) {
  wire w{*this};
  w.send(post_to("/private", "Content-Length: 1048577\r\n"));
  BOOST_TEST(w.out.starts_with("HTTP/1.1 413 "));
  BOOST_TEST(service.early_looks == 0);
}

BOOST_AUTO_TEST_CASE(a_little_content_is_read_first) {
  wire w{*this};
  w.send(post_to("/private", "Content-Length: 2\r\n") + "ok");
  BOOST_TEST(service.early_looks == 0);
  BOOST_TEST(service.requests.size() == 1U);
  BOOST_TEST(!w.closed);
}

BOOST_AUTO_TEST_CASE(where_the_route_takes_little_nobody_looks_early) {
  service.limit = 1000;
  wire w{*this};
  w.send(post_to("/private", "Transfer-Encoding: chunked\r\n") + "2\r\nok\r\n0\r\n\r\n");
  BOOST_TEST(service.early_looks == 0);
  BOOST_TEST(service.requests.size() == 1U);
}

BOOST_AUTO_TEST_CASE(much_content_of_whom_we_know_is_read) {
  wire w{*this};
  w.send(post_to("/p", "Content-Length: 100000\r\n") + std::string(100'000, 'x'));
  BOOST_TEST(service.early_looks == 1);
  BOOST_TEST_REQUIRE(service.requests.size() == 1U);
  BOOST_TEST(service.requests[0].body.size() == 100'000U);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(files_behind_answers, with_file)

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

} // namespace
} // namespace invited::server
