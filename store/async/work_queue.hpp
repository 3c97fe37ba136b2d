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

/// One or a few threads beside the event loops, and a bounded fair queue in front of them. The queue decides
/// how much work may wait and which is next; callers do not. The threads start as work comes.
class work_queue {
public:
  using executor = boost::asio::io_context::executor_type;

  /// A piece of work on its way. The queue keeps it, and so does whoever waits for it.
  class job {
  public:
    virtual ~job() = default;

  private:
    friend class work_queue;
    virtual void work() noexcept = 0;  ///< on a thread of the queue; not called if the job had to give way
    virtual void ended() noexcept = 0; ///< called afterwards, on the loop's thread
  };

  /// `bounds`: how many jobs may wait in each rank, besides the one that each thread does.
  work_queue(const lane_bounds& bounds, std::size_t threads) : waiting_(bounds), served_(threads) {}

  /// One thread, and one lane for all jobs.
  explicit work_queue(std::size_t most_waiting) : work_queue({most_waiting, most_waiting}, 1) {}

  /// Precondition: all its workers are gone.
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

  std::mutex lock_; ///< of all members below
  fair_queue<entry> waiting_;
  std::vector<const worker*> served_; ///< the worker whose job is under way, for each thread
  bool ending_ = false;
  std::condition_variable changed_;
  std::vector<std::thread> threads_;
};

} // namespace invited
