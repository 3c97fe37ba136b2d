#include "store/async/work_queue.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace invited {

work_queue::~work_queue() {
  {
    const std::lock_guard hold(lock_);
    ending_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool work_queue::add(entry e) {
  const std::lock_guard hold(lock_);
  if (waiting_.size() >= most_waiting_) return false;
  waiting_.push_back(std::move(e));
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  changed_.notify_all();
  return true;
}

void work_queue::forget(const worker& from) {
  std::unique_lock hold(lock_);
  std::erase_if(waiting_, [&from](const entry& e) { return e.from == &from; });
  changed_.wait(hold, [this, &from] { return served_ != &from; });
}

/// Without memory even to tell the loop, the process ends.
void work_queue::run() noexcept {
  std::unique_lock hold(lock_);
  while (true) {
    changed_.wait(hold, [this] { return ending_ || !waiting_.empty(); });
    if (ending_) return;
    entry next = std::move(waiting_.front());
    waiting_.pop_front();
    served_ = next.from;
    hold.unlock();
    next.what->work();
    boost::asio::post(next.loop, [done = std::move(next.what)] { done->ended(); });
    hold.lock();
    served_ = nullptr; // from here on its loop may be gone
    changed_.notify_all();
  }
}

} // namespace invited
