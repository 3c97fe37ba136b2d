#include "server/net/polled_socket.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/system/system_error.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <functional>
#include <optional>
#include <string>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace invited::server {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

/// The other end of a socket, which the test uses directly.
class peer {
public:
  explicit peer(int fd) : fd_(fd) {}
  ~peer() { close(); }
  peer(const peer&) = delete;
  peer& operator=(const peer&) = delete;

  void send(std::string_view text) {
    BOOST_REQUIRE(::send(fd_, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size()));
  }
  std::size_t drain() {
    std::array<char, 65536> bytes;
    std::size_t all = 0;
    for (ssize_t n = 0; (n = ::recv(fd_, bytes.data(), bytes.size(), MSG_DONTWAIT)) > 0;)
      all += static_cast<std::size_t>(n);
    return all;
  }
  void shutdown() { ::shutdown(fd_, SHUT_WR); }
  void close() {
    if (fd_ >= 0) ::close(fd_);
    fd_ = -1;
  }

private:
  int fd_;
};

struct outcome {
  int calls = 0;
  error_code ec;
  std::size_t n = 0;
};

struct pair {
  explicit pair(asio::io_context& io, poller& by) : pair(io, by, make()) {}

  polled_socket ours;
  peer theirs;
  std::array<char, 8> room{};

  const std::string much = std::string(1 << 20, 'x');

  /// Writes until the kernel takes no more; returns how much it took.
  std::size_t fill() {
    std::size_t sent = 0;
    error_code ec;
    while (!ec) sent += ours.write_some(asio::buffer(much), ec);
    BOOST_TEST((ec == asio::error::would_block || ec == asio::error::try_again));
    return sent;
  }

  /// Waits to read; the outcome goes into `o`.
  void read_into(outcome& o) {
    ours.async_read_some(asio::buffer(room), [&o](error_code ec, std::size_t n) {
      ++o.calls;
      o.ec = ec;
      o.n = n;
    });
  }

private:
  static std::array<int, 2> make() {
    std::array<int, 2> fds{};
    BOOST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, fds.data()) == 0);
    return fds;
  }
  pair(asio::io_context& io, poller& by, std::array<int, 2> fds) : ours(io, by, fds[0]), theirs(fds[1]) {}
};

struct fixture {
  asio::io_context io{1};
  turn end_of_turn{io};
  poller sockets{io, end_of_turn};

  void settle() {
    io.restart();
    while (io.poll() > 0) io.restart();
  }
};

BOOST_FIXTURE_TEST_SUITE(polled_sockets, fixture)

BOOST_AUTO_TEST_CASE(what_comes_during_the_pause_is_one_round_with_what_was_there) {
  int pauses = 0;
  std::function<void()> meanwhile = [] {};
  poller pausing(io, end_of_turn, [&] {
    ++pauses;
    meanwhile();
  });
  pair a(io, pausing), b(io, pausing);
  settle();
  outcome of_a, of_b;
  a.read_into(of_a);
  b.read_into(of_b);
  settle();
  pauses = 0;
  meanwhile = [&] { b.theirs.send("b"); };
  a.theirs.send("a");
  io.restart();
  while (of_a.calls == 0) io.run_one();
  BOOST_TEST(of_b.calls == 1);
  BOOST_TEST(pauses == 1);
}

BOOST_AUTO_TEST_CASE(says_would_block_until_there_is_something) {
  pair p(io, sockets);
  settle();
  error_code ec;
  BOOST_TEST(p.ours.read_some(asio::buffer(p.room), ec) == 0u);
  BOOST_TEST((ec == asio::error::would_block));
  outcome o;
  p.read_into(o);
  settle();
  BOOST_TEST(o.calls == 0);
  p.theirs.send("abc");
  settle();
  BOOST_TEST(o.calls == 1);
  BOOST_TEST(o.n == 3u);
  BOOST_TEST(!o.ec);
  BOOST_TEST(p.ours.read_some(asio::buffer(p.room), ec) == 0u);
  BOOST_TEST((ec == asio::error::would_block));
}

BOOST_AUTO_TEST_CASE(more_than_there_is_room_for_is_not_forgotten) {
  pair p(io, sockets);
  outcome o;
  p.read_into(o);
  p.theirs.send("0123456789abcdef+"); // twice the room, and one more
  settle();
  BOOST_TEST(o.n == 8u);
  error_code ec;
  BOOST_TEST(p.ours.read_some(asio::buffer(p.room), ec) == 8u); // without another edge
  BOOST_TEST(p.ours.read_some(asio::buffer(p.room), ec) == 1u);
  BOOST_TEST(p.room[0] == '+');
}

BOOST_AUTO_TEST_CASE(data_and_the_end_in_one_event) {
  pair p(io, sockets);
  outcome o;
  p.theirs.send("bye");
  p.theirs.close();
  p.read_into(o);
  settle();
  BOOST_TEST(o.n == 3u); // a short read, and no edge will come for the end
  error_code ec;
  BOOST_TEST(p.ours.read_some(asio::buffer(p.room), ec) == 0u);
  BOOST_TEST((ec == asio::error::eof));
}

BOOST_AUTO_TEST_CASE(a_peer_that_only_ends_its_side_can_be_answered) {
  pair p(io, sockets);
  outcome o;
  p.read_into(o);
  p.theirs.shutdown();
  settle();
  BOOST_TEST((o.ec == asio::error::eof));
  error_code ec;
  BOOST_TEST(p.ours.write_some(asio::buffer("ok", 2), ec) == 2u);
  BOOST_TEST(p.theirs.drain() == 2u);
}

BOOST_AUTO_TEST_CASE(writes_when_there_is_room_again) {
  pair p(io, sockets);
  settle();
  const std::size_t sent = p.fill();
  outcome o;
  p.ours.async_write_some(asio::buffer(p.much), [&o](error_code failed, std::size_t n) {
    o = {1, failed, n};
  });
  settle();
  BOOST_TEST(o.calls == 0);
  BOOST_TEST(p.theirs.drain() == sent);
  settle();
  BOOST_TEST(o.calls == 1);
  BOOST_TEST(!o.ec);
  BOOST_TEST(p.theirs.drain() == o.n);
}

BOOST_AUTO_TEST_CASE(a_broken_connection_fails_what_waits) {
  pair p(io, sockets);
  settle();
  p.fill();
  outcome o;
  p.ours.async_write_some(asio::buffer(p.much), [&o](error_code failed, std::size_t n) {
    o = {1, failed, n};
  });
  p.theirs.close();
  settle();
  BOOST_TEST(o.calls == 1);
  BOOST_TEST(!!o.ec);
}

BOOST_AUTO_TEST_CASE(cancelled_it_completes_once_from_the_loop) {
  pair p(io, sockets);
  outcome o;
  p.read_into(o);
  error_code ignored;
  p.ours.cancel(ignored);
  BOOST_TEST(o.calls == 0);
  p.theirs.send("late");
  settle();
  BOOST_TEST(o.calls == 1);
  BOOST_TEST((o.ec == asio::error::operation_aborted));
  outcome again;
  error_code ec;
  BOOST_TEST(p.ours.read_some(asio::buffer(p.room), ec) == 4u); // what has come is not lost
  p.read_into(again);
  p.ours.close(ignored);
  settle();
  BOOST_TEST((again.ec == asio::error::operation_aborted));
}

BOOST_AUTO_TEST_CASE(destroyed_while_it_waits_it_completes_nothing) {
  outcome o;
  {
    pair p(io, sockets);
    p.read_into(o);
    p.theirs.send("x");
  }
  settle();
  BOOST_TEST(o.calls == 0);
}

BOOST_AUTO_TEST_CASE(all_are_read_before_the_first_completes_and_one_may_destroy_another) {
  std::optional<pair> first(std::in_place, io, sockets), second(std::in_place, io, sockets);
  outcome told;
  const auto end_both = [&](error_code, std::size_t n) {
    ++told.calls;
    told.n = n;
    // Both have been read from, and whichever is first destroys the other.
    first.reset();
    second.reset();
  };
  first->ours.async_read_some(asio::buffer(first->room), end_both);
  second->ours.async_read_some(asio::buffer(second->room), end_both);
  first->theirs.send("1");
  second->theirs.send("2");
  settle();
  BOOST_TEST(told.calls == 1);
  BOOST_TEST(told.n == 1u);
}

BOOST_AUTO_TEST_CASE(with_no_socket_left_the_loop_has_no_work) {
  {
    pair p(io, sockets);
    settle();
  }
  io.restart();
  io.run(); // or hangs
  pair again(io, sockets);
  outcome o;
  again.read_into(o);
  again.theirs.send("y");
  settle();
  BOOST_TEST(o.n == 1u);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_watched_is_refused_and_closed) {
  const int file = ::open("/dev/null", O_RDONLY);
  BOOST_REQUIRE(::fcntl(file, F_GETFD) >= 0);
  const int folder = ::open("/", O_RDONLY | O_DIRECTORY);
  BOOST_REQUIRE(folder >= 0);
  BOOST_CHECK_THROW(polled_socket(io, sockets, folder), boost::system::system_error);
  BOOST_TEST(::fcntl(folder, F_GETFD) < 0);
  ::close(file);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::server
