#include "server/net/listener.hpp"

#include "server/http/response_writer.hpp"
#include "server/net/client_session.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <array>
#include <exception>
#include <memory>
#include <utility>

#include <sys/socket.h>

namespace invited::server {
namespace {

using boost::asio::ip::tcp;

constexpr int backlog = 4096; // the kernel cuts it to net.core.somaxconn
constexpr std::chrono::milliseconds out_of_resources_pause{100};
constexpr std::size_t most_waiting = 64; // that wait for room at other cores

using reuse_port = boost::asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

/// Accepting keeps failing until something is closed, and trying without a pause would only waste the core.
bool is_shortage(const boost::system::error_code& ec) {
  namespace errc = boost::system::errc;
  return ec == errc::too_many_files_open || ec == errc::too_many_files_open_in_system ||
         ec == errc::no_buffer_space || ec == errc::not_enough_memory;
}

} // namespace

listener::listener(boost::asio::io_context& io, poller& sockets, net_context& context,
                   connection_budget& budget, door_surroundings around)
    : io_(io),
      sockets_(sockets),
      context_(context),
      budget_(budget),
      around_(std::move(around)),
      acceptor_(io.get_executor()),
      pause_(io.get_executor()) {
  sessions_.on_removed = [this] { report_drained(); };
}

boost::system::error_code listener::open(const tcp::endpoint& endpoint) {
  boost::system::error_code failed;
  acceptor_.open(endpoint.protocol(), failed);
  if (!failed) acceptor_.set_option(acceptor::reuse_address(true), failed);
  if (!failed) acceptor_.set_option(reuse_port(true), failed);
  if (!failed) acceptor_.bind(endpoint, failed);
  if (!failed) acceptor_.listen(backlog, failed);
  return failed;
}

tcp::endpoint listener::local_endpoint() const {
  boost::system::error_code ignored;
  return acceptor_.local_endpoint(ignored);
}

void listener::start() {
  accepting_ = true;
  boost::asio::co_spawn(io_, accept(), boost::asio::detached);
}

boost::asio::awaitable<void> listener::accept() {
  boost::system::error_code failed;
  auto token = boost::asio::redirect_error(boost::asio::use_awaitable, failed);
  tcp::endpoint peer;
  while (!stopping_) {
    auto accepted = co_await acceptor_.async_accept(peer, token);
    if (stopping_) break;
    if (!failed) {
      welcome(std::move(accepted), peer.address());
      continue;
    }
    ++context_.http.counters.accept_failures;
    // Any other failure is about one client only: gone before it was accepted (ECONNABORTED; accept(2) names
    // more).
    if (!is_shortage(failed)) continue;
    pause_.expires_after(out_of_resources_pause);
    co_await pause_.async_wait(token);
  }
  accepting_ = false;
  report_drained();
}

void listener::welcome(socket s, const boost::asio::ip::address& peer) {
  ++context_.http.counters.accepted;
  connection_place place;
  room found = take_place(peer, place);
  if (found == room::full && end_longest_idle()) found = take_place(peer, place);
  if (found == room::granted) return seat(std::move(s), peer, std::move(place));
  const bool may_wait = around_.find_room && waiting_.size() < most_waiting;
  if (found == room::full && may_wait) return wait_for_room(std::move(s), peer);
  turn_away(std::move(s), peer, found);
}

room listener::take_place(const boost::asio::ip::address& peer, connection_place& place) {
  return budget_.take(peer, is_trusted(peer, context_.http.trusted_proxies), place);
}

bool listener::end_longest_idle() {
  sockets_.look(); // take in requests first: a connection with one is not idle
  if (!context_.timers.end_longest_idle()) return false;
  ++context_.http.counters.made_room;
  return true;
}

void listener::wait_for_room(socket s, const boost::asio::ip::address& peer) {
  try {
    waiting_.emplace_back(std::move(s), peer);
    around_.find_room([this](bool made) { room_found(made); });
  } catch (const std::exception&) { // out of memory: as below; not waiting for an answer does no harm
  }
}

/// Another client may have taken the place by now; then there is no room after all.
void listener::room_found(bool made) {
  if (waiting_.empty()) return; // stopped
  auto [s, peer] = std::move(waiting_.front());
  waiting_.pop_front();
  connection_place place;
  const room found = made ? take_place(peer, place) : room::full;
  if (found == room::granted) return seat(std::move(s), peer, std::move(place));
  turn_away(std::move(s), peer, found);
}

void listener::seat(socket s, const boost::asio::ip::address& peer, connection_place place) {
  boost::system::error_code failed;
  s.set_option(tcp::no_delay(true), failed); // this option is not essential: the socket works without it
  s.set_option(boost::asio::socket_base::out_of_band_inline(true), failed);
  const int fd = s.release(failed);
  using tcp_session = client_session<polled_socket>;
  try {
    if (failed) throw boost::system::system_error(failed);
    polled_socket client(io_, sockets_, fd);
    tcp_session::start(
        std::make_unique<tcp_session>(std::move(client), context_, sessions_, peer, std::move(place)));
  } catch (const std::exception&) { // out of memory or watches: this client is lost, the door stays open
  }
}

/// Sends the reason in one packet, without reading a request. It takes the bytes that have arrived from the
/// kernel, because closing with unread bytes resets the connection, and a reset can overtake the answer.
void listener::turn_away(socket s, const boost::asio::ip::address& peer, room why) {
  ++(why == room::full ? context_.http.counters.turned_away : context_.http.counters.crowded_out);
  if (around_.on_turned_away) around_.on_turned_away(why, peer);
  boost::system::error_code ignored;
  s.non_blocking(true, ignored);
  s.write_some(boost::asio::const_buffer{overload_answer.data(), overload_answer.size()}, ignored);
  s.shutdown(socket::shutdown_send, ignored);
  std::array<char, 4096> unread;
  s.read_some(boost::asio::buffer(unread), ignored);
  s.close(ignored);
}

void listener::stop(std::function<void()> drained) {
  drained_ = std::move(drained);
  stopping_ = true;
  context_.http.draining = true;
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  pause_.cancel();
  waiting_.clear();
  sockets_.look(); // take in requests first: a connection with one is not idle
  sessions_.drain();
  report_drained();
}

void listener::abort() {
  stopping_ = true;
  context_.http.draining = true;
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  pause_.cancel();
  waiting_.clear();
  sessions_.abort();
}

void listener::report_drained() {
  if (!stopping_ || accepting_ || sessions_.size() > 0 || !drained_) return;
  boost::asio::post(io_, std::exchange(drained_, nullptr));
}

} // namespace invited::server
