#include "store/async/work_queue.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace invited {

work_queue::~work_queue() {
  {
    const std::lock_guard hold(lock_);
    ending_ = true;
  }
  changed_.notify_all();
  for (std::thread& t : threads_) t.join();
}

bool work_queue::add(entry e, const queue_place& at) {
  const std::lock_guard hold(lock_);
  std::optional<entry> displaced;
  if (!waiting_.put(at, std::move(e), std::chrono::steady_clock::now(), displaced)) return false;
  if (displaced) end(std::move(*displaced));
  if (threads_.size() < served_.size()) threads_.emplace_back([this, i = threads_.size()] { run(i); });
  changed_.notify_all();
  return true;
}

bool work_queue::is_full(const queue_place& at) {
  const std::lock_guard hold(lock_);
  return waiting_.is_full(at);
}

void work_queue::forget(const worker& from) {
  std::unique_lock hold(lock_);
  waiting_.erase_if([&from](const entry& e) { return e.from == &from; });
  changed_.wait(hold, [this, &from] { return std::ranges::find(served_, &from) == served_.end(); });
}

/// Call it with the lock held, or while the job counts as under way: later its loop may be gone.
void work_queue::end(entry e) {
  boost::asio::post(e.loop, [done = std::move(e.what)] { done->ended(); });
}

/// If there is no memory even to tell the loop, the process ends.
void work_queue::run(std::size_t thread) noexcept {
  std::unique_lock hold(lock_);
  while (true) {
    changed_.wait(hold, [this] { return ending_ || !waiting_.empty(); });
    if (ending_) return;
    std::vector<entry> too_late;
    std::optional<entry> next = waiting_.take(std::chrono::steady_clock::now(), too_late);
    for (entry& e : too_late) end(std::move(e));
    if (!next) continue;
    served_[thread] = next->from;
    hold.unlock();
    next->what->work();
    end(std::move(*next));
    hold.lock();
    served_[thread] = nullptr; // from here on its loop may be gone
    changed_.notify_all();
  }
}

} // namespace invited
