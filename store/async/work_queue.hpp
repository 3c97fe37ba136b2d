#pragma once

#include "store/async/fair_queue.hpp"

#include <boost/asio/io_context.hpp>

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace invited {

class worker;

/// Threads beside the event loops, one or a few, and a bounded fair queue before them: how much work may
/// wait, and whose is next, is decided here, not by whoever asks for it. They start as work comes.
class work_queue {
public:
  using executor = boost::asio::io_context::executor_type;

  /// A piece of work on its way. Kept by the queue, and by whoever waits for it.
  class job {
  public:
    virtual ~job() = default;

  private:
    friend class work_queue;
    virtual void work() noexcept = 0;  ///< on a thread of the queue's; not at all, if it had to give way
    virtual void ended() noexcept = 0; ///< then on the loop's
  };

  /// `bounds` for what waits in each rank; beside it, each thread does one.
  work_queue(const lane_bounds& bounds, std::size_t threads) : waiting_(bounds), served_(threads) {}

  /// One thread, and one lane for all.
  explicit work_queue(std::size_t most_waiting) : work_queue({most_waiting, most_waiting}, 1) {}

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

  bool add(entry e, const queue_place& at);
  bool is_full(const queue_place& at);
  void forget(const worker& from);
  void run(std::size_t thread) noexcept;
  static void end(entry e);

  std::mutex lock_; ///< of all below
  fair_queue<entry> waiting_;
  std::vector<const worker*> served_; ///< whose job is under way, for each thread
  bool ending_ = false;
  std::condition_variable changed_;
  std::vector<std::thread> threads_;
};

} // namespace invited
