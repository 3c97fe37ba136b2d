#include "server/net/write_queue.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <functional>

namespace invited::server {
namespace {

struct turn_fixture {
  boost::asio::io_context io{1};
  turn end_of_turn{io};
};

struct counting_writer final : write_queue::writer {
  int calls = 0;
  std::function<void()> also{};
  void write_now() override {
    ++calls;
    if (also) also();
  }
};

BOOST_FIXTURE_TEST_SUITE(write_queues, turn_fixture)

BOOST_AUTO_TEST_CASE(writes_at_the_end_of_the_turn) {
  write_queue q(end_of_turn);
  counting_writer a, b;
  {
    const turn::scope now(end_of_turn);
    q.add(a);
    q.add(b);
    BOOST_TEST(a.calls == 0);
  }
  BOOST_TEST(a.calls == 1);
  BOOST_TEST(b.calls == 1);
}

BOOST_AUTO_TEST_CASE(writers_come_and_go_while_it_writes) {
  write_queue q(end_of_turn);
  counting_writer a, b, c;
  a.also = [&] {
    if (a.calls == 1) q.add(a); // again
    q.remove(b);                // it is not called
  };
  {
    const turn::scope now(end_of_turn);
    q.add(a);
    q.add(b);
    q.add(c);
    q.remove(c);
  }
  BOOST_TEST(a.calls == 1);
  io.restart();
  while (io.poll() > 0) io.restart(); // the next turn
  BOOST_TEST(a.calls == 2);
  BOOST_TEST(b.calls == 0);
  BOOST_TEST(c.calls == 0);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::server
