// How often the usual path asks the heap for memory, counted on every thread of a whole server. One
// allocation is no fault, but hundreds of them creep in unnoticed, and each costs time.
#include "tests/allocations/counting_heap.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <string>
#include <string_view>

namespace invited::test {
namespace {

namespace asio = boost::asio;

/// One keep-alive connection of a client.
class caller {
public:
  explicit caller(std::uint16_t port) : socket_(context_) {
    socket_.connect({asio::ip::address_v4::loopback(), port});
  }

  /// The whole answer, valid until the next call. There is only one at a time, and each is read to its end,
  /// which is that of its body, a JSON object.
  std::string_view ask(std::string_view request) {
    asio::write(socket_, asio::buffer(request));
    std::size_t size = 0;
    do {
      size += socket_.read_some(asio::buffer(answer_.data() + size, answer_.size() - size));
    } while (!is_whole({answer_.data(), size}));
    return {answer_.data(), size};
  }

private:
  static bool is_whole(std::string_view answer) {
    const std::size_t head = answer.find("\r\n\r\n");
    if (head == answer.npos) return false;
    constexpr std::string_view name = "Content-Length: ";
    const std::size_t length = answer.find(name);
    BOOST_REQUIRE(length < head);
    const std::size_t body = std::stoul(std::string(answer.substr(length + name.size(), 8)));
    return answer.size() == head + 4 + body;
  }

  asio::io_context context_;
  asio::ip::tcp::socket socket_;
  std::array<char, 8192> answer_;
};

std::string post(std::string_view path, std::string_view fields, std::string_view body) {
  std::string text = "POST ";
  text.append(path)
      .append(" HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n")
      .append(fields);
  text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n").append(body);
  return text;
}

std::string id_in(std::string_view answer) {
  constexpr std::string_view name = R"("invite_id":")";
  const std::size_t at = answer.find(name);
  BOOST_REQUIRE_MESSAGE(at != answer.npos, answer);
  return std::string(answer.substr(at + name.size(), 36));
}

constexpr int warm_up = 300, measured = 1000;

struct one_core {
  one_core()
      : server(redis.url(), {"--threads=1", "--rate=1000000", "--burst=1000000"}), client(server.port()) {
    count_this_thread(false);
    BOOST_REQUIRE(server.wait_ready());
  }
  ~one_core() { count_this_thread(true); }

  std::string_view create() {
    const std::string_view answer = client.ask(create_request);
    BOOST_REQUIRE(answer.starts_with("HTTP/1.1 200 "));
    return answer;
  }

  redis_server redis;
  test_server server;
  caller client;
  const std::string create_request =
      post("/generate_invite", "Authorization: Bearer " + staff_token() + "\r\n",
           R"({"email":"ada.lovelace@example.org","first_name":"Ada","last_name":"Lovelace",)"
           R"("phone":"+14155550123","provider_id":"clinic-1"})");
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(allocations_test, one_core)

BOOST_AUTO_TEST_CASE(a_create_makes_at_most_ten) {
  for (int i = 0; i < warm_up; ++i) create();
  const std::uint64_t before = allocations();
  for (int i = 0; i < measured; ++i) create();
  const double each = static_cast<double>(allocations() - before) / measured;
  BOOST_TEST_MESSAGE("allocations a create: " << each);
  BOOST_TEST(each > 0); // otherwise nothing is counted
  BOOST_TEST(each <= 10);
}

BOOST_AUTO_TEST_CASE(a_redeem_makes_at_most_fifteen) {
  std::uint64_t made = 0;
  for (int i = 0; i < warm_up + measured; ++i) {
    const std::string request = post("/invite/" + id_in(create()) + "/redeem", "", "{}");
    const std::uint64_t before = allocations();
    BOOST_REQUIRE(client.ask(request).starts_with("HTTP/1.1 200 "));
    if (i >= warm_up) made += allocations() - before;
  }
  const double each = static_cast<double>(made) / measured;
  BOOST_TEST_MESSAGE("allocations a redeem: " << each);
  BOOST_TEST(each > 0);
  BOOST_TEST(each <= 15);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace invited::test
