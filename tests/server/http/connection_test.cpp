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
  BOOST_TEST(ask("Az09._-") == "Az09._-"); // the traces of these two have ids of their own
  BOOST_TEST(ask(std::string(64, 'a')) == std::string(64, 'a'));
  const auto made = ask(std::string(65, 'a'));
  BOOST_TEST(made == "0123456789abcdef0000000000000003");
  BOOST_TEST(ask("") == "0123456789abcdef0000000000000004");
  BOOST_TEST(ask("a b") != "a b");
  BOOST_TEST(ask("a\"b") != "a\"b");
  BOOST_TEST(ask("a\r\nX-Request-Id: b") != "a, b");
  BOOST_TEST(log.lines.back().id == service.requests.back().id);
}

BOOST_AUTO_TEST_CASE(every_request_is_a_step_of_a_trace) {
  wire w{*this};
  const std::string trace = "4bf92f3577b34da6a3ce929d0e0e4736", span = "00f067aa0ba902b7";
  w.send("GET / HTTP/1.1\r\nHost: h\r\ntraceparent: 00-" + trace + "-" + span + "-01\r\n\r\n");
  const log_recorder::line called = log.lines.back();
  BOOST_TEST(called.trace == trace);
  BOOST_TEST(called.parent == span);
  w.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  const log_recorder::line alone = log.lines.back();
  BOOST_TEST(alone.trace == alone.id); // made here
  BOOST_TEST(alone.parent == "");
  w.send("GET / HTTP/1.1\r\nHost: h\r\nX-Request-Id: theirs\r\ntraceparent: 00-x\r\n\r\n");
  const log_recorder::line named = log.lines.back();
  BOOST_TEST(named.id == "theirs");
  BOOST_TEST(named.trace.size() == 32U);
  BOOST_TEST(named.trace != alone.trace);
  w.send("GET /\r\n\r\n"); // no request, and yet it is logged
  for (const log_recorder::line& line : {called, alone, named, log.lines.back()}) {
    BOOST_TEST(line.trace.find_first_not_of("0123456789abcdef") == std::string::npos);
    BOOST_TEST(line.span.size() == 16U);
    BOOST_TEST(line.span.find_first_not_of("0123456789abcdef") == std::string::npos);
  }
  BOOST_TEST(called.span != alone.span);
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
