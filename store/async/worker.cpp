#include "store/async/worker.hpp"

#include <boost/asio/post.hpp>

namespace invited {

worker::~worker() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard hold(lock_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void worker::add(std::shared_ptr<job> j) {
  {
    const std::lock_guard hold(lock_);
    waiting_.push_back(std::move(j));
  }
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  changed_.notify_one();
}

/// Without memory even to tell the loop, the process ends.
void worker::run() noexcept {
  std::unique_lock hold(lock_);
  while (true) {
    changed_.wait(hold, [this] { return ending_ || !waiting_.empty(); });
    if (ending_) return;
    std::shared_ptr<job> next = std::move(waiting_.front());
    waiting_.pop_front();
    hold.unlock();
    next->work();
    boost::asio::post(loop_, [done = std::move(next)] { done->ended(); });
    hold.lock();
  }
}

} // namespace invited
