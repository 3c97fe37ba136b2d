#include "store/async/pause.hpp"
#include "store/async/task.hpp"
#include "tests/support/tasks.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

namespace invited::test {
namespace {

struct a_loop {
  boost::asio::io_context io{1};
  turn loop{io};
  background spawned;
  std::string said;
};

task<void> say(a_loop& l, char what, int times) {
  for (int i = 0; i < times; ++i) {
    pause others_first(l.loop);
    co_await others_first;
    l.said += what;
  }
}

BOOST_FIXTURE_TEST_SUITE(async_pause, a_loop)

BOOST_AUTO_TEST_CASE(those_who_pause_take_turns) {
  spawned.spawn(say(*this, 'a', 3));
  spawned.spawn(say(*this, 'b', 3));
  BOOST_TEST(said.empty());
  io.run();
  BOOST_TEST(said == "ababab");
}

BOOST_AUTO_TEST_CASE(nobody_keeps_the_loop) {
  spawned.spawn(say(*this, 'a', 3));
  boost::asio::post(io, [this] { said += '1'; });
  io.run();
  BOOST_TEST(said == "a1aa");
}

BOOST_AUTO_TEST_CASE(what_is_asked_for_within_a_turn_is_resumed_at_its_end) {
  {
    const turn::scope now(loop);
    spawned.spawn(say(*this, 'a', 1));
    BOOST_TEST(said.empty());
  }
  BOOST_TEST(said == "a");
}

BOOST_AUTO_TEST_CASE(destroyed_while_it_waits_it_resumes_nobody) {
  spawned.spawn(say(*this, 'a', 1));
  spawned.destroy();
  io.run();
  BOOST_TEST(said.empty());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
