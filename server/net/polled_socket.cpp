#include "server/net/polled_socket.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include <cerrno>
#include <new>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

namespace invited::server {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

error_code last_error() {
  return {errno, boost::system::system_category()};
}

} // namespace

class polled_socket::state final : public poller::source {
public:
  state(asio::io_context& io, poller& by, int fd) : io_(io), poller_(by), fd_(fd) {}
  ~state() {
    waits_ = want::nothing; // the waiting object is gone, too
    error_code ignored;
    close(ignored);
  }

  void watch() {
    poller_.add(fd_, *this);
    watched_ = true;
  }

  void on_events(std::uint32_t events) override {
    constexpr std::uint32_t over = EPOLLRDHUP | EPOLLHUP | EPOLLERR;
    // No edge will come for the end, or for bytes after urgent data, where a read ends early. From here on
    // every read must try.
    if ((events & (over | EPOLLPRI)) != 0) no_more_edges_ = true;
    if ((events & (EPOLLIN | EPOLLPRI | over)) != 0) readable_ = true;
    if (waits_ == want::read && readable_) {
      got_ = read_some(to_, failed_);
      done_waiting();
    } else if (waits_ == want::write && (events & (EPOLLOUT | EPOLLHUP | EPOLLERR)) != 0) {
      got_ = write_some(from_, failed_);
      done_waiting();
    }
  }

  void on_round_over() override {
    if (waits_ != want::tell) return;
    waits_ = want::nothing;
    std::exchange(done_, nullptr)(failed_, got_); // may destroy this
  }

  std::size_t read_some(asio::mutable_buffer to, error_code& ec) {
    if (!readable_) return fail(ec, asio::error::would_block);
    ssize_t n = 0;
    do n = ::recv(fd_, to.data(), to.size(), MSG_DONTWAIT);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
      if (errno == EAGAIN) readable_ = false;
      return fail(ec, last_error());
    }
    if (n == 0) return fail(ec, asio::error::eof);
    // A read that is not filled has taken everything; later bytes give a new edge (epoll(7), Q9).
    if (static_cast<std::size_t>(n) < to.size() && !no_more_edges_) readable_ = false;
    ec = {};
    return static_cast<std::size_t>(n);
  }

  std::size_t write_some(asio::const_buffer from, error_code& ec) {
    ssize_t n = 0;
    do n = ::send(fd_, from.data(), from.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    if (n < 0) return fail(ec, last_error());
    ec = {};
    return static_cast<std::size_t>(n);
  }

  void wait_to_read(asio::mutable_buffer to, handler done) {
    to_ = to;
    waits_ = want::read;
    done_ = std::move(done);
  }

  void wait_to_write(asio::const_buffer from, handler done) {
    from_ = from;
    waits_ = want::write;
    done_ = std::move(done);
  }

  void cancel() {
    if (waits_ == want::nothing) return;
    waits_ = want::nothing;
    asio::post(io_, [done = std::exchange(done_, nullptr)] { done(asio::error::operation_aborted, 0); });
  }

  void shutdown(int how, error_code& ec) { ec = ::shutdown(fd_, how) == 0 ? error_code{} : last_error(); }

  void close(error_code& ec) {
    ec = {};
    if (fd_ < 0) return;
    cancel();
    if (watched_) poller_.remove(fd_, *this);
    if (::close(std::exchange(fd_, -1)) != 0) ec = last_error();
  }

private:
  enum class want : std::uint8_t { nothing, read, write, tell };

  static std::size_t fail(error_code& ec, error_code why) {
    ec = why;
    return 0;
  }

  /// Ends the wait for an operation that was tried again, unless it would still block.
  void done_waiting() {
    if (failed_ != asio::error::would_block && failed_ != asio::error::try_again) waits_ = want::tell;
  }

  asio::io_context& io_;
  poller& poller_;
  int fd_;
  bool watched_ = false;
  bool readable_ = true; ///< a read may find something, such as bytes that came with the connection
  bool no_more_edges_ = false;
  want waits_ = want::nothing;
  handler done_{};
  asio::mutable_buffer to_{};
  asio::const_buffer from_{};
  error_code failed_{}; ///< with want::tell: the outcome
  std::size_t got_ = 0;
};

polled_socket::polled_socket(asio::io_context& io, poller& by, int fd) {
  try {
    state_ = std::make_unique<state>(io, by, fd);
  } catch (const std::bad_alloc&) {
    ::close(fd);
    throw;
  }
  state_->watch();
}

polled_socket::~polled_socket() = default;
polled_socket::polled_socket(polled_socket&&) noexcept = default;

std::size_t polled_socket::read_some(asio::mutable_buffer to, error_code& ec) {
  return state_->read_some(to, ec);
}

std::size_t polled_socket::write_some(asio::const_buffer from, error_code& ec) {
  return state_->write_some(from, ec);
}

void polled_socket::async_read_some(asio::mutable_buffer to, handler done) {
  state_->wait_to_read(to, std::move(done));
}

void polled_socket::async_write_some(asio::const_buffer from, handler done) {
  state_->wait_to_write(from, std::move(done));
}

void polled_socket::cancel(error_code& ec) {
  ec = {};
  state_->cancel();
}

void polled_socket::shutdown(asio::socket_base::shutdown_type what, error_code& ec) {
  state_->shutdown(static_cast<int>(what), ec); // Asio's numbers are SHUT_RD, SHUT_WR, SHUT_RDWR
}

void polled_socket::close(error_code& ec) {
  state_->close(ec);
}

} // namespace invited::server
