// Which content a connection lets come, and what it says before.
#include "tests/server/http/http_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::server {
namespace {

struct roomy : core_fixture {
  roomy() { service.limit = 1 << 20; }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(connection_content, core_fixture)

BOOST_AUTO_TEST_CASE(content_on_get_is_dropped) {
  wire w{*this};
  w.send("GET /x HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabcGET /y HTTP/1.1\r\nHost: h\r\n\r\n");
  BOOST_TEST_REQUIRE(service.requests.size() == 2);
  BOOST_TEST(service.requests[0].body == "");
  BOOST_TEST(service.requests[1].path == "/y");
  w.send("GET /z HTTP/1.1\r\nHost: h\r\nContent-Length: 16385\r\n\r\n");
  BOOST_TEST(count(w.out, "HTTP/1.1 413") == 1);
}

BOOST_AUTO_TEST_CASE(content_limits) {
  service.limit = 10;
  struct row {
    std::string request;
    bool fits;
  };
  for (const auto& r : std::vector<row>{
           {post("Content-Length: 10\r\n", "0123456789"), true},
           {post("Content-Length: 11\r\n", ""), false},
           {post("Content-Length: 18446744073709551615\r\n", ""), false},
           {post("Transfer-Encoding: chunked\r\n", "5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n"), true},
           {post("Transfer-Encoding: chunked\r\n", "5\r\n01234\r\n6\r\n"), false},
           {post("Transfer-Encoding: chunked\r\n", "b\r\n"), false},
           {post("Transfer-Encoding: chunked\r\n", "ffffffffffffffff\r\n"), false},
       }) {
    BOOST_TEST_CONTEXT(r.request) {
      service.requests.clear();
      wire w{*this};
      w.send(r.request);
      BOOST_TEST(service.requests.size() == (r.fits ? 1u : 0u));
      BOOST_TEST(w.out.starts_with(r.fits ? "HTTP/1.1 200" : "HTTP/1.1 413"));
      BOOST_TEST(w.shut == !r.fits);
    }
  }
}

BOOST_AUTO_TEST_CASE(large_content) {
  service.limit = 1 << 20;
  wire w{*this};
  const std::string body(1 << 20, 'x');
  w.send(post("Content-Length: 1048576\r\n", body) + evil);
  BOOST_TEST_REQUIRE(service.requests.size() == 2);
  BOOST_TEST((service.requests[0].body == body));
  service.requests.clear();
  std::string chunked;
  for (int i = 0; i < 256; ++i) chunked += "1000\r\n" + std::string(4096, 'x') + "\r\n";
  w.send(post("Transfer-Encoding: chunked\r\n", chunked + "0\r\n\r\n"));
  BOOST_TEST_REQUIRE(service.requests.size() == 1);
  BOOST_TEST((service.requests[0].body == body));
}

BOOST_AUTO_TEST_CASE(expect_continue) {
  {
    wire w{*this};
    w.send("POST /p HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    BOOST_TEST(w.out == "HTTP/1.1 100 Continue\r\n\r\n");
    w.send("ok");
    BOOST_TEST(service.requests.size() == 1);
    BOOST_TEST(count(w.out, "HTTP/1.1 200") == 1);
  }
  struct row {
    std::string what, request, answer;
  };
  for (const auto& r : std::vector<row>{
           {"content has begun to come", post("Expect: 100-continue\r\nContent-Length: 2\r\n", "o"), ""},
           {"all content is there", post("Expect: 100-continue\r\nContent-Length: 2\r\n", "ok"),
            "HTTP/1.1 200"},
           {"no content", post("Expect: 100-continue\r\n", ""), "HTTP/1.1 200"},
           {"HTTP/1.0", "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n", ""},
           {"too large", post("Expect: 100-continue\r\nContent-Length: 2000\r\n", ""), "HTTP/1.1 413"},
           {"bad framing", post("Expect: 100-continue\r\nContent-Length: x\r\n", ""), "HTTP/1.1 400"},
       }) {
    BOOST_TEST_CONTEXT(r.what) {
      wire w{*this};
      w.send(r.request);
      BOOST_TEST(w.out.substr(0, 12) == r.answer);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_interim_answer_comes_behind_earlier_ones) {
  wire w{*this};
  w.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\n" + post("Expect: 100-continue\r\nContent-Length: 2\r\n", ""));
  BOOST_TEST(w.out.find("</1|>") < w.out.find("HTTP/1.1 100"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(connection_early_refusals, roomy)

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

} // namespace invited::server
