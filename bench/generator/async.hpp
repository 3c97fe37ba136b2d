#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <vector>

namespace invited::bench {

// Asio's types on the executor of one io_context, because any_io_executor sometimes allocates.
using executor = boost::asio::io_context::executor_type;
template <class T>
using coro = boost::asio::awaitable<T, executor>;
inline constexpr boost::asio::use_awaitable_t<executor> use_coro{};
using tcp_socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, executor>;
using steady = std::chrono::steady_clock;
using timer = boost::asio::basic_waitable_timer<steady, boost::asio::wait_traits<steady>, executor>;

/// Runs all of them at the same time on the caller's thread, and goes on when the last has ended. If one of
/// them throws, this throws the exception after all have ended.
coro<void> all_of(std::vector<coro<void>> parts);

} // namespace invited::bench
