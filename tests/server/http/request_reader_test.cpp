#include "server/http/request_reader.hpp"

#include "tests/server/http/reader_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

namespace invited::server {
namespace {

const std::string conversation =
    "\r\nGET /a?q=1 HTTP/1.1\r\nHost: h\r\n\r\n" + sized("hello") +
    "HEAD /h HTTP/1.1\r\nHost: h\r\nContent-Type: t/x\r\n\r\n" + chunked +
    "3;x=y\r\nabc\r\n002\r\nde\r\n0\r\nA: b\r\n\r\n"
    "OPTIONS * HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nxyz"
    "GET /g HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n" +
    sized("") + "DELETE /d HTTP/1.0\r\n\r\n";
const std::vector<std::string> its_requests{"GET /a?q=1  <>",    "POST /p?  <hello>", "HEAD /h? t/x <>",
                                            "POST /c?  <abcde>", "OPTIONS *?  <>",    "GET /g?  <>",
                                            "POST /p?  <>",      "DELETE /d?  <>"};

} // namespace

BOOST_AUTO_TEST_SUITE(request_reader_test)

BOOST_AUTO_TEST_CASE(requests_come_whole_however_small_the_pieces_are) {
  for (std::size_t piece = 1; piece <= conversation.size(); ++piece) {
    BOOST_TEST_CONTEXT("in pieces of " << piece) {
      reading r;
      r.send(conversation, piece);
      BOOST_TEST(!r.refusal);
      BOOST_TEST(r.requests == its_requests, boost::test_tools::per_element());
      BOOST_TEST(r.reader.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(requests_come_whole_wherever_they_are_cut) {
  for (std::size_t cut = 0; cut <= conversation.size(); ++cut) {
    BOOST_TEST_CONTEXT("cut at " << cut) {
      reading r;
      r.send(conversation.substr(0, cut));
      r.send(conversation.substr(cut));
      BOOST_TEST(r.requests == its_requests, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_broken_comes_to_the_same_however_it_is_cut) {
  std::minstd_rand random(1);
  for (int round = 0; round < 2000; ++round) {
    std::string broken = conversation;
    for (int times = 0; times <= round % 3; ++times) {
      const std::size_t at = random() % broken.size();
      switch (random() % 3) {
      case 0: broken[at] = static_cast<char>(random() % 256); break;
      case 1: broken.erase(at, 1 + random() % 3); break;
      default: broken.insert(at, 1, "\r\n\t :;0\x80"[random() % 8]);
      }
    }
    BOOST_TEST_CONTEXT("round " << round << ": " << broken) {
      reading whole, bytes, pieces;
      whole.send(broken);
      bytes.send(broken, 1);
      pieces.send(broken, 1 + random() % 60);
      BOOST_TEST(bytes.requests == whole.requests, boost::test_tools::per_element());
      BOOST_TEST(pieces.requests == whole.requests, boost::test_tools::per_element());
      BOOST_TEST((bytes.refusal == whole.refusal));
      BOOST_TEST((pieces.refusal == whole.refusal));
    }
  }
}

BOOST_AUTO_TEST_CASE(it_says_how_far_a_request_has_come) {
  using enum request_reader::progress;
  reading r;
  BOOST_TEST(r.reader.empty());
  r.put("POST /p HTTP/1.1\r\nHo");
  BOOST_TEST(r.comes_to(partial));
  BOOST_TEST(!r.reader.empty());
  BOOST_TEST(!r.reader.is_judged());
  BOOST_TEST(!r.reader.in_content());
  r.put("st: h\r\nContent-Length: 3\r\nX-Request-Id: abc\r\nExpect: 100-continue\r\n\r\n");
  BOOST_TEST(r.comes_to(head));
  BOOST_TEST(r.reader.is_judged());
  BOOST_TEST(r.reader.in_content());
  BOOST_TEST(!r.reader.has_more_than_head());
  BOOST_TEST(r.reader.head().request_id == "abc");
  BOOST_TEST(r.reader.head().expects_continue);
  handlers::request early;
  r.reader.describe(early);
  BOOST_TEST(early.path == "/p");
  BOOST_TEST(early.body.empty());
  BOOST_TEST(r.reader.allow_content(3).has_value());
  BOOST_TEST(r.comes_to(partial));
  r.put("abc");
  BOOST_TEST(r.comes_to(whole));
  r.reader.done();
  BOOST_TEST(r.reader.empty());
  BOOST_TEST(!r.reader.is_judged());
  BOOST_TEST(!r.reader.in_content());
}

BOOST_AUTO_TEST_CASE(the_next_request_waits_behind_the_first) {
  using enum request_reader::progress;
  reading r;
  r.put("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n");
  BOOST_TEST(r.comes_to(whole));
  BOOST_TEST(r.reader.has_more_than_head());
  handlers::request first;
  r.reader.describe(first);
  BOOST_TEST(first.path == "/1");
  r.reader.done();
  BOOST_TEST(!r.reader.empty());
  BOOST_TEST(r.comes_to(whole));
  handlers::request second;
  r.reader.describe(second);
  BOOST_TEST(second.path == "/2");
}

BOOST_AUTO_TEST_CASE(after_a_stop_nothing_is_a_request) {
  const std::string evil = "GET /evil HTTP/1.1\r\nHost: h\r\n\r\n";
  const std::string whole = sized("hello");
  // Before any byte, in the middle of head and content, behind a whole request.
  for (std::size_t cut = 0; cut <= whole.size(); ++cut) {
    BOOST_TEST_CONTEXT("stopped at " << cut) {
      reading r;
      r.send(whole.substr(0, cut));
      r.requests.clear();
      r.reader.stop();
      BOOST_TEST(r.reader.empty());
      BOOST_TEST(!r.reader.in_content());
      for (std::size_t i = 1; i <= 40; ++i) {
        BOOST_TEST(r.room().size() == input_buffer::smallest);
        r.put(evil);
        BOOST_TEST(r.reader.empty());
        BOOST_TEST(r.reader.dropped() == i * evil.size());
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_refusal_can_tell_a_head_request_even_before_it_is_judged) {
  struct row {
    std::string what, bytes;
    handlers::verb method;
    bool judged;
  };
  using handlers::verb;
  const std::string tail = " HTTP/1.1\r\nHost: h\r\n\r\n";
  for (const auto& c : std::vector<row>{
           {"nothing came", "", verb::get, false},
           {"half a word", "HEA", verb::get, false},
           {"half a head", "HEAD /x HT", verb::head, false},
           {"behind an empty line", "\r\nHEAD /x", verb::head, false},
           {"another word", "HEADER /x", verb::get, false},
           {"the guard's refusal", "HEAD /x HTTP/1.1\r\n\r\n", verb::head, false},
           {"the scan's refusal", "HEAD /x HTTP/1.1\r\nA: b\rc\r\n\r\n", verb::head, false},
           {"the parser's refusal", "HEAD /x y HTTP/1.1\r\nHost: h\r\n\r\n", verb::head, false},
           {"behind a request", "POST /1" + tail + "HEAD /2", verb::head, false},
           {"a POST behind a HEAD", "HEAD /1" + tail + "POST /2", verb::get, false},
           {"half a content", "PUT /x HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nab", verb::put, true},
       }) {
    BOOST_TEST_CONTEXT(c.what) {
      reading r;
      r.send(c.bytes);
      if (!r.refusal) r.reader.stop(); // as a deadline would
      BOOST_TEST(r.reader.is_judged() == c.judged);
      BOOST_TEST((r.reader.head().method == c.method));
      BOOST_TEST(r.reader.head().request_id.empty());
      BOOST_TEST(r.reader.head().minor == 1U);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_head_of_the_largest_size_finds_room_and_leaves_none_behind) {
  reading r;
  for (const std::size_t piece : {std::size_t{1}, std::size_t{1000}, reading::all_at_once}) {
    std::string large = "GET / HTTP/1.1\r\nHost: h\r\nA: ";
    large.append(r.limits.head - large.size() - 4, 'a').append("\r\n\r\n");
    BOOST_TEST(large.size() == r.limits.head);
    r.send(large, piece);
    BOOST_TEST(!r.refusal);
    BOOST_TEST(r.room().size() == input_buffer::smallest); // an idle connection keeps no more
  }
  BOOST_TEST(r.requests.size() == 3U);
  r.send("GET / HTTP/1.1\r\nHost: h\r\nA: " + std::string(r.limits.head, 'a'));
  BOOST_TEST((r.refusal == refused::head_too_large));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
