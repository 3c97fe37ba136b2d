#include "tests/server/http/http_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::server {
namespace {

using namespace std::string_literals;

} // namespace

BOOST_FIXTURE_TEST_SUITE(connection_ends, core_fixture)

BOOST_AUTO_TEST_CASE(nothing_behind_a_refused_request_is_served) {
  const auto cases = {
      post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding: chunked, gzip\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding: identity\r\n", ""),
      post("Transfer-Encoding:\r\n", ""),
      post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n", "0\r\n\r\n"),
      post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"),
      post("Content-Length: +0\r\n", ""),
      post("Content-Length: 0, 0\r\n", ""),
      post("Content-Length: 0\r\nContent-Length: 0\r\n", ""),
      post("Content-Length: 9999\r\n", ""),
      post("Host: h\r\n", ""),
      post("Expect: magic\r\nContent-Length: 0\r\n", ""),
      post("A: b\r\n c\r\n", ""),
      post("A: b\rc\r\n", ""),
      post("Transfer-Encoding: chunked\r\n", "0x0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "\r\n"),
      post("Transfer-Encoding: chunked\r\n", "1\r\nab\r\n0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "2;\n0\r\n\r\n"),
      post("Transfer-Encoding: chunked\r\n", "0\r\nA : b\r\n\r\n"),
      "CONNECT h:1 HTTP/1.1\r\nHost: h\r\n\r\n"s,
      "TRACE / HTTP/1.1\r\nHost: h\r\n\r\n"s,
      "get / HTTP/1.1\r\nHost: h\r\n\r\n"s,
      "GET / HTTP/1.1\r\n\r\n"s,
      "GET / HTTP/1.2\r\nHost: h\r\n\r\n"s,
      "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"s,
      "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n"s,
  };
  for (const auto& attack : cases) {
    const auto bytes = attack + evil;
    for (const std::size_t piece : {bytes.size(), std::size_t{1}}) {
      BOOST_TEST_CONTEXT(attack << " in pieces of " << piece) {
        service.requests.clear();
        wire w{*this};
        for (std::size_t at = 0; at < bytes.size(); at += piece)
          w.send(std::string_view{bytes}.substr(at, piece));
        BOOST_TEST(service.requests.empty());
        BOOST_TEST(count(w.out, "\r\nDate: ") == 1);
        BOOST_TEST(count(w.out, "Connection: close\r\n") == 1);
        BOOST_TEST(w.shut);
        w.end();
        BOOST_TEST(w.closed);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(draining) {
  wire idle{*this};
  wire busy{*this};
  busy.send("GET /x HT");
  BOOST_TEST(idle.state().is_idle());
  BOOST_TEST(!busy.state().is_idle());
  context.draining = true;
  idle.pump();
  BOOST_TEST(idle.closed);
  busy.send("TP/1.1\r\nHost: h\r\n\r\n");
  BOOST_TEST(count(busy.out, "HTTP/1.1 200") == 1);
  BOOST_TEST(count(busy.out, "Connection: close\r\n") == 1);
  BOOST_TEST(busy.shut);
}

BOOST_AUTO_TEST_CASE(the_end_of_input) {
  struct row {
    std::string what, bytes, answer;
  };
  for (const auto& r :
       std::vector<row>{{"nothing", "", ""},
                        {"half a head", "GET / HT", "HTTP/1.1 400"},
                        {"half a body", post("Content-Length: 5\r\n", "he"), "HTTP/1.1 400"},
                        {"half a chunk", post("Transfer-Encoding: chunked\r\n", "5\r\nhe"), "HTTP/1.1 400"},
                        {"a whole request", post("", ""), "HTTP/1.1 200"}}) {
    BOOST_TEST_CONTEXT(r.what) {
      service.requests.clear();
      wire w{*this};
      w.send(r.bytes);
      w.end();
      BOOST_TEST(w.out.substr(0, 12) == r.answer);
      BOOST_TEST(count(w.out, "HTTP/1.1 ") <= 1);
      BOOST_TEST(w.closed);
    }
  }
}

BOOST_AUTO_TEST_CASE(phases) {
  wire w{*this};
  BOOST_TEST((w.state().reading_phase() == phase::header));
  w.send(post("Content-Length: 5\r\n", "he"));
  BOOST_TEST((w.state().reading_phase() == phase::body));
  w.send("llo");
  BOOST_TEST((w.state().reading_phase() == phase::idle));
  w.send("G");
  BOOST_TEST((w.state().reading_phase() == phase::header));
  w.send("@");
  w.send(" \r\n\r\n");
  BOOST_TEST((w.state().reading_phase() == phase::linger));
}

BOOST_AUTO_TEST_CASE(timeouts) {
  struct row {
    std::string what, bytes, answer;
    phase counted;
  };
  for (const auto& r :
       std::vector<row>{{"silent from the start", "", "", phase::header},
                        {"half a head", "GET / HT", "HTTP/1.1 408", phase::header},
                        {"half a body", post("Content-Length: 5\r\n", "h"), "HTTP/1.1 408", phase::body},
                        {"idle", post("", ""), "HTTP/1.1 200", phase::idle}}) {
    BOOST_TEST_CONTEXT(r.what) {
      const store::tally& counted = context.counters.timeouts[static_cast<std::size_t>(r.counted)];
      const std::uint64_t before = counted;
      wire w{*this};
      w.send(r.bytes);
      w.time_out();
      BOOST_TEST(w.out.substr(0, 12) == r.answer);
      BOOST_TEST(count(w.out, "HTTP/1.1 ") <= 1);
      BOOST_TEST(counted == before + 1);
      if (!w.closed) w.time_out(); // of lingering
      BOOST_TEST(w.closed);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_deadline_that_passes_while_a_refusal_waits_to_be_written) {
  // The session writes at the end of its turn, and the deadline of what it read may pass before that.
  struct row {
    std::string what, bytes;
    phase passed;
  };
  for (const auto& r : std::vector<row>{
           {"of a head", "BAD\r\n\r\n", phase::header},
           {"of content", post("Transfer-Encoding: chunked\r\n", "x"), phase::body},
       }) {
    BOOST_TEST_CONTEXT(r.what) {
      log.lines.clear();
      connection c(context, peer);
      std::copy(r.bytes.begin(), r.bytes.end(), c.room().begin());
      c.received(r.bytes.size());
      BOOST_TEST_REQUIRE((c.next() == connection::want::write));
      c.timed_out(r.passed);
      BOOST_TEST_REQUIRE((c.next() == connection::want::write));
      BOOST_TEST(c.output().starts_with("HTTP/1.1 400 "));
      BOOST_TEST(count(c.output(), "HTTP/1.1 ") == 1);
      BOOST_TEST(log.lines.size() == 1);
      c.timed_out(phase::write);
      BOOST_TEST((c.next() == connection::want::close));
    }
  }
}

BOOST_AUTO_TEST_CASE(lingering_is_bounded) {
  wire w{*this};
  w.send("BAD\r\n\r\n");
  BOOST_TEST(w.shut);
  const std::string noise(10'000, 'x');
  std::size_t sent = 0;
  while (!w.closed && sent < 1000) {
    w.send(noise);
    ++sent;
  }
  BOOST_TEST(w.closed);
  BOOST_TEST(sent * noise.size() < context.limits.linger + 2 * noise.size());
  BOOST_TEST(count(w.out, "HTTP/1.1 ") == 1);
}

BOOST_AUTO_TEST_CASE(a_service_that_throws) {
  service.throws = true;
  wire w{*this};
  w.send(evil + evil);
  BOOST_TEST(count(w.out, "HTTP/1.1 500") == 1);
  BOOST_TEST(count(w.out, "HTTP/1.1 ") == 1);
  BOOST_TEST(count(w.out, "broken promise") == 0);
  BOOST_TEST(w.shut);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
