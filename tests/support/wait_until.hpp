#pragma once

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <thread>

namespace invited::test {

/// Generous, because only a failing test reaches it.
inline constexpr std::chrono::seconds patience{20};

/// Checks `condition()` again and again until it holds; false if it does not within the time. For what
/// another thread or process does.
template <class Condition>
[[nodiscard]] bool wait_until(Condition&& condition, std::chrono::steady_clock::duration at_most = patience) {
  const auto deadline = std::chrono::steady_clock::now() + at_most;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return true;
}

/// Runs `loop` on this thread until `condition()` holds after a handler; false if it does not within the
/// time.
template <class Condition>
[[nodiscard]] bool run_until(boost::asio::io_context& loop, Condition&& condition,
                             std::chrono::steady_clock::duration at_most = patience) {
  const auto deadline = std::chrono::steady_clock::now() + at_most;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    loop.restart();
    loop.run_one_for(std::chrono::milliseconds(20));
  }
  return true;
}

} // namespace invited::test
