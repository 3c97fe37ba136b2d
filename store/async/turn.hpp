#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/intrusive/list.hpp>

#include <cstdint>

namespace invited {

/// The end of the current turn of a core's loop. What many handlers of one turn ask for is done there once,
/// for all of them. For one thread.
///
/// A handler that resumes many others (a read from Redis, a round of ready sockets) opens a scope; the jobs
/// asked for within it run at its end. Outside of any scope a job is posted to the loop. Posting would work
/// always, but costs a look at the reactor, which is a system call, each time.
class turn {
  using hook = boost::intrusive::list_member_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

public:
  /// Something that can be asked for. It is withdrawn if it is destroyed before it runs.
  class job {
  public:
    job() = default;
    job(const job&) = delete;
    job& operator=(const job&) = delete;

  protected:
    ~job() = default;

  private:
    friend class turn;
    virtual void at_end_of_turn() = 0;

    hook asked_for_; ///< linked: in turn::jobs_
    std::uint64_t round_ = 0;
  };

  class scope {
  public:
    explicit scope(turn& t) : turn_(t) { ++turn_.depth_; }
    ~scope() {
      if (--turn_.depth_ == 0) turn_.end();
    }
    scope(const scope&) = delete;
    scope& operator=(const scope&) = delete;

  private:
    turn& turn_;
  };

  /// Where the requests of a turn meet, to go on together. It is passed once all others of the turn have come
  /// as far: after the meetings that were reached before it, and before the turn's jobs run. It must outlive
  /// everything that waits in it.
  class meeting {
  public:
    explicit meeting(turn& t) noexcept : turn_(t) {}
    meeting(const meeting&) = delete;
    meeting& operator=(const meeting&) = delete;

  protected:
    ~meeting() = default;

    /// Whether a turn is under way. Otherwise there is nobody to meet, and nobody may wait.
    bool in_turn() const noexcept { return turn_.depth_ != 0; }

    /// To be called whenever something begins to wait: it will be passed.
    void reached() {
      if (!reached_.is_linked()) turn_.met_.push_back(*this);
    }

  private:
    friend class turn;

    /// Lets go on what waits, also what comes meanwhile.
    virtual void pass() noexcept = 0;

    turn& turn_;
    hook reached_; ///< linked: in turn::met_
  };

  explicit turn(boost::asio::io_context& io) : loop_(io.get_executor()) {}
  turn(const turn&) = delete;
  turn& operator=(const turn&) = delete;

  /// Runs `j` once at the end, after the jobs asked for before it. Does nothing if `j` was asked for already.
  /// What a job asks for runs in the next turn, so no job can keep the loop from the others.
  void ask(job& j);
  void withdraw(job& j) noexcept;

private:
  /// A list whose elements carry the links, so adding one allocates nothing.
  template <class T, hook T::*link>
  using chain = boost::intrusive::list<T, boost::intrusive::member_hook<T, hook, link>,
                                       boost::intrusive::constant_time_size<false>>;

  void pass_meetings() noexcept;
  void post();
  void end() noexcept;

  boost::asio::io_context::executor_type loop_;
  int depth_ = 0;
  chain<meeting, &meeting::reached_> met_; ///< those in which something waits
  chain<job, &job::asked_for_> jobs_;
  std::uint64_t round_ = 0; ///< the round for which jobs are asked now
  bool posted_ = false;
};

} // namespace invited
