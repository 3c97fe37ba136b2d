// Content that is refused before it is read, and files that follow an answer without being copied.
#include "tests/server/http/http_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <utility>

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

/// With memory for one large content.
struct tight : core_fixture {
  memory_budget little{100'000};
  http_context poor{service, log, little, 1};

  tight() { service.limit = 1 << 20; }
};

BOOST_FIXTURE_TEST_SUITE(memory_of_contents, tight)

/// A connection with this context instead of the fixture's.
struct poor_wire {
  explicit poor_wire(tight& f) : fixture(f), c(f.poor, f.peer) {}

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto room = c.room();
      const std::size_t n = std::min(room.size(), bytes.size());
      std::copy_n(bytes.begin(), n, room.begin());
      c.received(n);
      bytes.remove_prefix(n);
      pump();
    }
  }
  void pump() {
    for (;;) {
      switch (c.next()) {
      case connection::want::write:
        if (!reads) return;
        out += c.output();
        c.written(c.output().size());
        break;
      case connection::want::serve: c.answered(fixture.service.serve_now(c.request())); break;
      case connection::want::shut_down: break;
      default: return;
      }
    }
  }

  tight& fixture;
  connection c;
  std::string out{};
  bool reads = true;
};

BOOST_AUTO_TEST_CASE(what_finds_none_is_refused_before_it_is_read) {
  poor_wire first(*this), second(*this), third(*this);
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
  third.c.timed_out(phase::body);
  BOOST_TEST(little.used() == 0u);
}

BOOST_AUTO_TEST_CASE(a_little_content_needs_none) {
  memory_share all(little);
  BOOST_TEST(all.grow_to(100'000));
  for (const std::size_t size : {1U, 1000U, 4096U}) {
    poor_wire w(*this);
    w.send(post_to("/p", "Content-Length: " + std::to_string(size) + "\r\n"));
    w.send(std::string(size, 'x'));
    BOOST_TEST(w.out.starts_with("HTTP/1.1 200 "), size);
  }
  poor_wire chunked(*this);
  chunked.send(post_to("/p", "Transfer-Encoding: chunked\r\n") + "5\r\nhello\r\n0\r\n\r\n");
  BOOST_TEST(chunked.out.starts_with("HTTP/1.1 200 "));
  poor_wire more(*this);
  more.send(post_to("/p", "Content-Length: 4097\r\n"));
  BOOST_TEST(more.out.starts_with("HTTP/1.1 503 "));
}

BOOST_AUTO_TEST_CASE(chunks_count_as_they_come) {
  poor_wire w(*this);
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

BOOST_AUTO_TEST_CASE(who_leaves_gives_it_back) {
  {
    poor_wire w(*this);
    w.send(post_to("/p", "Content-Length: 90000\r\n") + std::string(50'000, 'x'));
    BOOST_TEST(little.used() == 90'000u);
  }
  BOOST_TEST(little.used() == 0u);
}

BOOST_AUTO_TEST_CASE(a_large_answer_counts_until_it_is_taken) {
  poor_wire w(*this);
  w.reads = false;
  w.send(post_to("/p", "Content-Length: 90000\r\n") + std::string(90'000, 'x')); // and so much comes back
  BOOST_TEST(little.used() > 90'000u);
  poor_wire other(*this);
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
  poor_wire w(*this);
  w.reads = false;
  w.send("GET /before HTTP/1.1\r\nHost: h\r\n\r\n"); // its answer waits
  w.send(post_to("/p", "Content-Length: 70000\r\n"));
  w.c.request().held = std::exchange(place, nullptr); // as an endpoint does, early
  w.reads = true;
  w.pump();
  BOOST_TEST(w.out.find("</before|>") != std::string::npos);
  BOOST_TEST(!held.expired()); // that was another's answer
  w.reads = false;
  w.send(std::string(70'000, 'y'));
  BOOST_TEST(!held.expired());
  BOOST_TEST_REQUIRE((w.c.next() == connection::want::write)); // and no request behind it is looked at
  w.c.written(10);
  BOOST_TEST(!held.expired());
  w.c.written(w.c.output().size());
  BOOST_TEST(held.expired());
}

BOOST_AUTO_TEST_CASE(with_a_small_answer_it_is_let_go_at_once) {
  auto place = std::make_shared<const int>(1);
  const std::weak_ptr<const int> held = place;
  poor_wire w(*this);
  w.send(post_to("/p", "Content-Length: 2\r\n") + "x");
  w.c.request().held = std::exchange(place, nullptr);
  w.reads = false;
  w.send("y"); // who has the answer and sends the next call at once is not refused it
  BOOST_TEST(held.expired());
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
