// The content of requests: where it is read to, what it may take, and where it ends.
#include "server/http/request_reader.hpp"
#include "tests/server/http/reader_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::server {
namespace {

using enum request_reader::progress;

constexpr std::size_t free_of_charge = 4096; ///< content of this size needs no memory of the budget

} // namespace

BOOST_FIXTURE_TEST_SUITE(request_reader_content, reading)

BOOST_AUTO_TEST_CASE(content_that_came_with_its_head_stays_where_it_is) {
  const std::string request = sized("hello");
  const char* const place = room().data();
  put(request);
  BOOST_TEST_REQUIRE(comes_to(head));
  BOOST_TEST_REQUIRE(reader.allow_content(limit).has_value());
  BOOST_TEST_REQUIRE(comes_to(whole));
  handlers::request r;
  reader.describe(r);
  BOOST_TEST(static_cast<const void*>(r.body.data()) == place + request.size() - 5);
  BOOST_TEST(r.body.size() == 5U);
  BOOST_TEST(r.body.data()[5] == '\0');
}

BOOST_AUTO_TEST_CASE(content_that_ends_where_the_buffer_ends) {
  limit = 5000;
  // It is used where it is only if there is room for a NUL, and nothing else, behind it.
  const std::string evil = "GET /evil HTTP/1.1\r\nHost: h\r\n\r\n";
  const std::size_t head_size = sized(std::string(1000, 'x')).size() - 1000;
  for (std::size_t total = input_buffer::smallest - 2; total <= input_buffer::smallest + 2; ++total) {
    BOOST_TEST_CONTEXT(total) {
      const std::string body(total - head_size, 'x');
      const std::vector<std::string> expected{"POST /p?  <" + body + ">", "GET /evil?  <>"};
      reading together, apart;
      together.limit = apart.limit = limit;
      together.send(sized(body) + evil);
      apart.send(sized(body));
      apart.send(evil);
      BOOST_TEST(together.requests == expected, boost::test_tools::per_element());
      BOOST_TEST(apart.requests == expected, boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(a_large_head_then_chunks) {
  limit = 5000;
  // The head nearly fills the buffer: chunks must find room behind it, and views must stay where they were.
  for (const std::size_t size : {3000u, 3500u, 4000u, 4060u, 4090u, 7000u, 8000u}) {
    BOOST_TEST_CONTEXT(size) {
      requests.clear();
      send("GET /" + std::string(500, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n");
      send("POST /p?q HTTP/1.1\r\nHost: h\r\nContent-Type: t/x\r\nA: " + std::string(size, 'a') +
               "\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
           1);
      send("7d0\r\n" + std::string(2000, 'b') + "\r\n0\r\n\r\nGET /next HTTP/1.1\r\nHost: h\r\n\r\n");
      BOOST_TEST_REQUIRE(requests.size() == 3U);
      BOOST_TEST(requests[1] == "POST /p?q t/x <abc" + std::string(2000, 'b') + ">");
      BOOST_TEST(requests[2] == "GET /next?  <>");
    }
  }
}

BOOST_AUTO_TEST_CASE(the_place_to_read_to_ends_where_the_content_does) {
  send(sized("0123456789").substr(0, sized("0123456789").size() - 10)); // the head alone
  for (const std::size_t left : {10U, 7U, 1U}) {
    BOOST_TEST(room().size() == left);
    send(left == 10 ? "012" : left == 7 ? "345678" : "9");
  }
  BOOST_TEST_REQUIRE(requests.size() == 1U);
  BOOST_TEST(requests[0] == "POST /p?  <0123456789>");
}

BOOST_AUTO_TEST_CASE(memory_follows_the_bytes_and_not_the_promise) {
  limit = 1 << 20;
  const std::string body(1 << 20, 'x');
  const std::string request = sized(body);
  const std::size_t head_size = request.size() - body.size();
  send(request.substr(0, head_size));
  std::size_t came = 0;
  while (requests.empty()) {
    const std::size_t n = room().size();
    BOOST_TEST_REQUIRE(n <= std::max<std::size_t>(came, 16 * 1024));
    send(std::string(n, 'x'));
    came += n;
  }
  BOOST_TEST(came == body.size());
  BOOST_TEST((requests[0] == "POST /p?  <" + body + ">"));
}

BOOST_AUTO_TEST_CASE(a_budget_is_asked_for_all_of_an_announced_length) {
  limit = 1 << 20;
  memory_share others(memory);
  BOOST_TEST_REQUIRE(others.grow_to(memory.max() - 10'000));
  const std::size_t before = memory.used();
  const auto head_of = [](std::size_t size) {
    return "POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n";
  };
  send(head_of(10'000) + "x");
  BOOST_TEST(!refusal);
  BOOST_TEST(memory.used() == before + 10'000);
  send(std::string(9'999, 'x')); // done gives it back
  BOOST_TEST(requests.size() == 1U);
  BOOST_TEST(memory.used() == before);
  send(head_of(free_of_charge));
  BOOST_TEST(memory.used() == before);
  send(std::string(free_of_charge, 'x'));
  BOOST_TEST(requests.size() == 2U);
  send(head_of(10'001));
  BOOST_TEST((refusal == refused::no_memory));
  BOOST_TEST(memory.used() == before);
}

BOOST_AUTO_TEST_CASE(a_stop_and_an_end_give_memory_back) {
  limit = 1 << 20;
  const std::string part = sized(std::string(50'000, 'x')).substr(0, 30'000);
  send(part);
  BOOST_TEST(memory.used() == 50'000U);
  reader.stop();
  BOOST_TEST(memory.used() == 0U);
  {
    request_reader other(limits, parser, memory);
    const std::string head_alone = part.substr(0, part.find("\r\n\r\n") + 4);
    std::copy(head_alone.begin(), head_alone.end(), other.room().begin());
    other.received(head_alone.size());
    BOOST_TEST_REQUIRE(other.advance().has_value());
    BOOST_TEST(other.allow_content(limit).has_value());
    BOOST_TEST(memory.used() == 50'000U);
  }
  BOOST_TEST(memory.used() == 0U);
}

BOOST_AUTO_TEST_CASE(chunks_ask_as_they_come) {
  limit = 1 << 20;
  memory_share others(memory);
  BOOST_TEST_REQUIRE(others.grow_to(memory.max() - 40'000));
  const std::size_t before = memory.used();
  send(chunked + "1000\r\n" + std::string(free_of_charge, 'x') + "\r\n");
  BOOST_TEST(memory.used() == before);
  std::size_t came = free_of_charge;
  while (!refusal) {
    send("1000\r\n" + std::string(0x1000, 'x') + "\r\n");
    came += 0x1000;
    if (!refusal) BOOST_TEST(memory.used() >= before + came);
    BOOST_TEST_REQUIRE(came < limit);
  }
  BOOST_TEST((refusal == refused::no_memory));
  BOOST_TEST(memory.used() == before);
}

BOOST_AUTO_TEST_CASE(chunks_are_held_to_the_limit) {
  struct row {
    std::string_view chunks;
    std::optional<refused> expected;
  };
  for (const auto& c : std::vector<row>{
           {"5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n", std::nullopt},
           {"5\r\n01234\r\n6\r\n", refused::content_too_large}, // before a byte of it has come
           {"b\r\n", refused::content_too_large},
           {"ffffffffffffffff\r\n", refused::content_too_large},
           {"0x5\r\n", refused::chunk},
       }) {
    BOOST_TEST_CONTEXT(c.chunks) {
      for (const std::size_t piece : {std::size_t{1}, all_at_once}) {
        reading r;
        r.limit = 10;
        r.send(chunked + std::string(c.chunks), piece);
        BOOST_TEST((r.refusal == c.expected));
        BOOST_TEST(r.requests.size() == (c.expected ? 0U : 1U));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(content_without_meaning_is_read_and_dropped) {
  limit = 1 << 20;
  for (const std::string_view method : {"GET", "HEAD", "OPTIONS"}) {
    for (const std::size_t size : {1U, 3000U, 9000U}) {
      BOOST_TEST_CONTEXT(method << " with " << size) {
        const std::string line = std::string(method) + " /x HTTP/1.1\r\nHost: h\r\n", content(size, 'x');
        requests.clear();
        send(line + sized(content).substr(sized(content).find("Content-Length")));
        send(line + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 1);
        send(line + "\r\n");
        const std::string told = std::string(method) + " /x?  <>";
        BOOST_TEST(requests == std::vector<std::string>(3, told), boost::test_tools::per_element());
        BOOST_TEST(memory.used() == 0U);
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::server
