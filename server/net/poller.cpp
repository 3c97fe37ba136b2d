#include "server/net/poller.hpp"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include <cerrno>
#include <utility>

namespace invited::server {
namespace {

[[noreturn]] void throw_errno(const char* what) {
  throw boost::system::system_error(errno, boost::system::system_category(), what);
}

int make_set() {
  const int fd = ::epoll_create1(EPOLL_CLOEXEC);
  if (fd < 0) throw_errno("epoll_create1");
  return fd;
}

} // namespace

poller::poller(boost::asio::io_context& io, turn& end_of_turn, std::function<void()> pause)
    : turn_(end_of_turn), pause_(std::move(pause)), set_(io.get_executor(), make_set()) {}

void poller::add(int fd, source& s) {
  if (!waiting_) wait(); // first, because it may find no memory
  epoll_event wanted{};
  // Always for both directions: changing this would be a system call, and a socket becomes writable only
  // after it was full.
  wanted.events = EPOLLIN | EPOLLOUT | EPOLLPRI | EPOLLRDHUP | EPOLLET;
  wanted.data.ptr = &s;
  if (::epoll_ctl(set_.native_handle(), EPOLL_CTL_ADD, fd, &wanted) != 0) throw_errno("epoll_ctl");
  ++watched_;
}

void poller::remove(int fd, source& s) noexcept {
  ::epoll_ctl(set_.native_handle(), EPOLL_CTL_DEL, fd, nullptr);
  for (epoll_event& e : ready_) {
    if (e.data.ptr == &s) e.data.ptr = nullptr;
  }
  if (--watched_ > 0 || !waiting_) return;
  waiting_ = false;
  boost::system::error_code ignored;
  set_.cancel(ignored);
}

void poller::wait() {
  set_.async_wait(boost::asio::posix::descriptor_base::wait_read, [this](boost::system::error_code ec) {
    if (ec == boost::asio::error::operation_aborted) return; // by remove() or the destructor
    waiting_ = false;
    if (pause_) pause_();
    look();
    if (watched_ > 0 && !waiting_) wait();
  });
  waiting_ = true;
}

/// Only one round, even if there is more: the loop has other work, and comes back.
void poller::look() {
  if (looking_) return;
  const turn::scope this_turn(turn_);
  looking_ = true;
  const int n = ::epoll_wait(set_.native_handle(), events_.data(), static_cast<int>(events_.size()), 0);
  ready_ = std::span(events_).first(n > 0 ? static_cast<std::size_t>(n) : 0);
  for (std::size_t i = 0; i < ready_.size(); ++i)
    static_cast<source*>(ready_[i].data.ptr)->on_events(ready_[i].events);
  while (!ready_.empty()) {
    void* const s = ready_.front().data.ptr;
    ready_ = ready_.subspan(1);
    if (s != nullptr) static_cast<source*>(s)->on_round_over();
  }
  looking_ = false;
}

} // namespace invited::server
