#include "tests/server/http/http_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::server {
namespace {

using namespace std::string_literals;

const auto two_requests = "POST /a?q HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"
                          "POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                          "3;x=y\r\nabc\r\n002\r\nde\r\n0\r\nA: b\r\n\r\n"s;

} // namespace

BOOST_FIXTURE_TEST_SUITE(connections, core_fixture)

BOOST_AUTO_TEST_CASE(one_answer) {
  wire w{*this};
  w.send("GET /x?y=z HTTP/1.1\r\nHost: h\r\nX-Request-Id: abc\r\n\r\n");
  BOOST_TEST(w.out == "HTTP/1.1 200 OK\r\n"
                      "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                      "Content-Type: text/plain\r\n"
                      "Content-Length: 5\r\n"
                      "X-Request-Id: abc\r\n"
                      "Cache-Control: no-store\r\n"
                      "X-Content-Type-Options: nosniff\r\n"
                      "Referrer-Policy: no-referrer\r\n"
                      "X-Frame-Options: DENY\r\n"
                      "Cross-Origin-Resource-Policy: same-origin\r\n"
                      "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
                      "\r\n"
                      "</x|>");
  BOOST_TEST_REQUIRE(service.requests.size() == 1);
  BOOST_TEST(service.requests[0].query == "y=z");
  BOOST_TEST(service.requests[0].client == "192.0.2.7");
  BOOST_TEST(!w.closed);
}

BOOST_AUTO_TEST_CASE(byte_at_a_time) {
  wire w{*this};
  for (const char c : two_requests) w.send({&c, 1});
  BOOST_TEST_REQUIRE(service.requests.size() == 2);
  BOOST_TEST(service.requests[0].path == "/a");
  BOOST_TEST(service.requests[0].query == "q");
  BOOST_TEST(service.requests[0].body == "hello");
  BOOST_TEST(service.requests[1].path == "/b");
  BOOST_TEST(service.requests[1].body == "abcde");
  BOOST_TEST(count(w.out, "HTTP/1.1 200") == 2);
}

BOOST_AUTO_TEST_CASE(every_cut) {
  for (std::size_t cut = 0; cut <= two_requests.size(); ++cut) {
    BOOST_TEST_CONTEXT("cut at " << cut) {
      service.requests.clear();
      wire w{*this};
      w.send(std::string_view{two_requests}.substr(0, cut));
      w.send(std::string_view{two_requests}.substr(cut));
      BOOST_TEST_REQUIRE(service.requests.size() == 2);
      BOOST_TEST(service.requests[0].body == "hello");
      BOOST_TEST(service.requests[1].body == "abcde");
      BOOST_TEST(count(w.out, "HTTP/1.1 200") == 2);
      BOOST_TEST(!w.closed);
    }
  }
}

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

BOOST_AUTO_TEST_CASE(head_only) {
  wire w{*this};
  w.send("HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n");
  BOOST_TEST(count(w.out, "Content-Length: 5\r\n") == 1);
  BOOST_TEST(w.out.ends_with("\r\n\r\n"));
  w.out.clear();
  w.send("HEAD /x HTTP/1.1\r\n\r\n"); // no Host
  BOOST_TEST(w.out.starts_with("HTTP/1.1 400"));
  BOOST_TEST(w.out.ends_with("\r\n\r\n"));
}

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

BOOST_AUTO_TEST_CASE(content_that_ends_where_the_buffer_ends) {
  service.limit = 5000;
  // Content that came with its head is used where it is, if there is room for a NUL, and nothing else, behind
  // it.
  const auto of_size = [](std::size_t n) {
    return post("Content-Length: " + std::to_string(n) + "\r\n", std::string(n, 'x'));
  };
  const std::size_t head = of_size(1000).size() - 1000;
  for (std::size_t total = input_buffer::smallest - 2; total <= input_buffer::smallest + 2; ++total) {
    BOOST_TEST_CONTEXT(total) {
      const std::string body(total - head, 'x');
      service.requests.clear();
      wire together{*this}, apart{*this};
      together.send(of_size(body.size()) + evil);
      apart.send(of_size(body.size()));
      apart.send(evil);
      BOOST_TEST_REQUIRE(service.requests.size() == 4);
      for (const std::size_t i : {0, 2}) {
        BOOST_TEST(service.requests[i].body == body);
        BOOST_TEST(service.requests[i + 1].path == "/evil");
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(large_head_then_chunks) {
  service.limit = 5000;
  // The head nearly fills the buffer: chunks must find room behind it, and views must stay where they were.
  for (const std::size_t size : {3000u, 3500u, 4000u, 4060u, 4090u, 7000u, 8000u}) {
    BOOST_TEST_CONTEXT(size) {
      service.requests.clear();
      wire w{*this};
      w.send("GET /" + std::string(500, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n");
      const auto head =
          "Content-Type: t/x\r\nA: " + std::string(size, 'a') + "\r\nTransfer-Encoding: chunked\r\n";
      for (const char c : post(head, "3\r\nabc\r\n")) w.send({&c, 1});
      w.send("7d0\r\n" + std::string(2000, 'b') + "\r\n0\r\n\r\n" + evil);
      BOOST_TEST_REQUIRE(service.requests.size() == 3);
      BOOST_TEST(service.requests[1].path == "/p");
      BOOST_TEST(service.requests[1].type == "t/x");
      BOOST_TEST(service.requests[1].body.size() == 2003);
      BOOST_TEST(service.requests[2].path == "/evil");
    }
  }
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

BOOST_AUTO_TEST_CASE(persistence) {
  {
    wire w{*this};
    w.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    BOOST_TEST(count(w.out, "Connection: close\r\n") == 1);
    BOOST_TEST(w.closed);
    BOOST_TEST(!w.shut);
  }
  {
    wire w{*this};
    w.send("GET / HTTP/1.0\r\n\r\n");
    BOOST_TEST(count(w.out, "Connection: close\r\n") == 1);
    BOOST_TEST(w.closed);
  }
  {
    wire w{*this};
    w.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    BOOST_TEST(count(w.out, "Connection: keep-alive\r\n") == 1);
    BOOST_TEST(!w.closed);
  }
  {
    wire w{*this};
    w.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n" + evil);
    BOOST_TEST(count(w.out, "HTTP/1.1 ") == 1);
    BOOST_TEST(w.shut); // with more on the way, it lingers
    BOOST_TEST(!w.closed);
  }
}

BOOST_AUTO_TEST_CASE(request_ids) {
  wire w{*this};
  const auto ask = [&](const std::string& id) {
    w.send("GET / HTTP/1.1\r\nHost: h\r\nX-Request-Id: " + id + "\r\n\r\n");
    return service.requests.back().id;
  };
  BOOST_TEST(ask("Az09._-") == "Az09._-");
  BOOST_TEST(ask(std::string(64, 'a')) == std::string(64, 'a'));
  const auto made = ask(std::string(65, 'a'));
  BOOST_TEST(made == "0123456789abcdef0000000000000001");
  BOOST_TEST(ask("") == "0123456789abcdef0000000000000002");
  BOOST_TEST(ask("a b") != "a b");
  BOOST_TEST(ask("a\"b") != "a\"b");
  BOOST_TEST(ask("a\r\nX-Request-Id: b") != "a, b");
  BOOST_TEST(log.lines.back().id == service.requests.back().id);
}

BOOST_AUTO_TEST_CASE(the_log) {
  context.trusted_proxies.push_back(*network::parse("192.0.2.0/24"));
  wire w{*this};
  w.send("GET /invite/secret HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n"
         "PUT /x HTTP/1.1\r\nHost: h\r\n\r\n"
         "BREW /x HTTP/1.1\r\nHost: h\r\n\r\n");
  BOOST_TEST_REQUIRE(log.lines.size() == 3);
  BOOST_TEST(log.lines[0].route == "/invite/{invite_id}");
  BOOST_TEST(log.lines[0].patient);
  BOOST_TEST(log.lines[0].client == "203.0.113.9");
  BOOST_TEST(log.lines[0].provider == "p1");
  BOOST_TEST(log.lines[1].method == "PUT");
  BOOST_TEST(!log.lines[1].patient);
  BOOST_TEST(log.lines[1].client == "192.0.2.7");
  BOOST_TEST(log.lines[2].status == 501);
  BOOST_TEST(log.lines[2].method == "");
  BOOST_TEST(log.lines[2].patient);
  const handlers::call_tally& unrouted = context.calls.line(0);
  BOOST_TEST(unrouted.answered(handlers::status_slots::of(200)) == 2U);
  BOOST_TEST(unrouted.answered(handlers::status_slots::of(501)) == 1U);
  BOOST_TEST(context.counters.refused == 1U);
}

BOOST_AUTO_TEST_CASE(answers_are_not_held_long) {
  static std::chrono::steady_clock::time_point time;
  time = {};
  context.steady_clock = [] { return time += std::chrono::milliseconds{6}; };
  wire w{*this};
  w.send(evil + evil + evil);
  BOOST_TEST(w.writes == 3);
}

BOOST_AUTO_TEST_CASE(a_proxy_that_nobody_named_is_told_of) {
  const std::string bare = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n",
                    forwarded = "GET /b HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 198.51.100.7\r\n\r\n";
  const auto told_of = [&](const char* peer_address, std::vector<network> trusted) {
    std::string told;
    context.trusted_proxies = std::move(trusted);
    context.on_forwarded = [&told](const boost::asio::ip::address& who) { told += who.to_string() + ' '; };
    peer = boost::asio::ip::make_address(peer_address);
    wire w(*this);
    w.send(bare + forwarded + bare);
    context.on_forwarded = nullptr;
    w.send(forwarded); // nobody wants to know
    return told;
  };
  BOOST_TEST(told_of("10.0.0.1", {}) == "10.0.0.1 ");
  BOOST_TEST(told_of("10.0.0.1", {*network::parse("10.0.0.0/8")}).empty());
  BOOST_TEST(told_of("203.0.113.1", {}).empty()); // whoever that is, it is no proxy of ours
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
