#pragma once

#include <boost/asio/io_context.hpp>

#include <coroutine>
#include <cstdint>

namespace invited {

/// The end of the current turn of a core's loop: what many handlers of one turn ask for is done there once,
/// for all of them. For one thread.
///
/// Handlers that resume many (a read from Redis, a round of ready sockets) open a scope; whatever is asked
/// for within it runs at its end. Outside of any scope it is posted. The way through the loop would do for
/// all, but costs a look at the reactor, a system call, each time.
class turn {
public:
  /// Something that can be asked for. Must be withdrawn, or have run, before it is destroyed.
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

    job* next_ = nullptr;
    std::uint64_t round_ = 0;
    bool asked_for_ = false;
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

  /// What regroup() gives to be awaited. Destroyed while it waits, it resumes nobody.
  class regrouping {
  public:
    explicit regrouping(turn& t) noexcept : turn_(t) {}
    ~regrouping() {
      if (caller_) turn_.leave(*this);
    }
    regrouping(const regrouping&) = delete;
    regrouping& operator=(const regrouping&) = delete;

    bool await_ready() const noexcept { return turn_.depth_ == 0; }
    void await_suspend(std::coroutine_handle<> caller) noexcept;
    void await_resume() const noexcept {}

  private:
    friend class turn;

    turn& turn_;
    std::coroutine_handle<> caller_{}; ///< null: it does not wait
    regrouping* next_ = nullptr;
  };

  explicit turn(boost::asio::io_context& io) : loop_(io.get_executor()) {}
  turn(const turn&) = delete;
  turn& operator=(const turn&) = delete;

  /// Runs `j` once at the end, after those asked for before it. Nothing when it was asked for already. What
  /// is asked for by a job comes in the next turn: nobody can keep the loop to himself.
  void ask(job& j);
  void withdraw(job& j) noexcept;

  /// To be awaited: lets all others who do the same work in this turn come as far, and goes on before its
  /// jobs run. A batch of requests then passes through the code a stage at a time, and a stage stays in the
  /// instruction cache for all of them. Outside of any scope there is no batch, and it goes on at once.
  regrouping regroup() noexcept { return regrouping(*this); }

private:
  void leave(regrouping& r) noexcept;
  void resume_all() noexcept;
  void post();
  void end() noexcept;

  boost::asio::io_context::executor_type loop_;
  int depth_ = 0;
  regrouping* first_waiting_ = nullptr;
  regrouping** last_waiting_ = &first_waiting_; ///< where the next one is hung
  job* first_ = nullptr;
  job** last_ = &first_;    ///< where the next one is hung
  std::uint64_t round_ = 0; ///< the one that jobs are asked for now
  bool posted_ = false;
};

} // namespace invited
