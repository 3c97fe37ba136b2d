#pragma once

#include <boost/asio/io_context.hpp>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

namespace invited {

class worker;

/// One thread beside the event loops, and a bounded queue before it: how much work may wait is decided here,
/// not by whoever asks for it. The thread starts with the first work.
class work_queue {
public:
  using executor = boost::asio::io_context::executor_type;

  /// A piece of work on its way. Kept by the queue, and by whoever waits for it.
  class job {
  public:
    virtual ~job() = default;

  private:
    friend class work_queue;
    virtual void work() noexcept = 0;  ///< on the queue's thread
    virtual void ended() noexcept = 0; ///< then on the loop's
  };

  /// `most_waiting` beside the one that is done.
  explicit work_queue(std::size_t most_waiting) : most_waiting_(most_waiting) {}

  /// All its workers are gone by then.
  ~work_queue();
  work_queue(const work_queue&) = delete;
  work_queue& operator=(const work_queue&) = delete;

private:
  friend class worker;

  struct entry {
    std::shared_ptr<job> what;
    executor loop;
    const worker* from;
  };

  bool add(entry e);
  void forget(const worker& from);
  void run() noexcept;

  const std::size_t most_waiting_;
  std::mutex lock_; ///< of all below
  std::deque<entry> waiting_;
  const worker* served_ = nullptr; ///< whose job is under way
  bool ending_ = false;
  std::condition_variable changed_;
  std::thread thread_;
};

} // namespace invited
