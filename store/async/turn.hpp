#pragma once

#include "store/async/task.hpp"

#include <boost/asio/io_context.hpp>

#include <concepts>
#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace invited {

/// The end of the current turn of a core's loop: what many handlers of one turn ask for is done there once,
/// for all of them. For one thread.
///
/// Handlers that resume many (a read from Redis, a round of ready sockets) open a scope; whatever is asked
/// for within it runs at its end. Outside of any scope it is posted. The way through the loop would do for
/// all, but costs a look at the reactor, a system call, each time.
class turn {
  /// Those that come first and last, linked by their own `next_`: to stand in it takes no memory.
  template <class T>
  class chain {
  public:
    chain() = default;
    chain(const chain&) = delete; // last_ may point into it
    chain& operator=(const chain&) = delete;

    bool empty() const noexcept { return first_ == nullptr; }
    T& front() noexcept { return *first_; }

    void push(T& t) noexcept {
      t.next_ = nullptr;
      *last_ = &t;
      last_ = &t.next_;
    }

    /// `t` stands in it. Looks through those before it.
    void remove(T& t) noexcept {
      T** at = &first_;
      while (*at != &t) at = &(*at)->next_;
      *at = t.next_;
      if (last_ == &t.next_) last_ = at;
    }

    T& pop() noexcept {
      T& t = front();
      remove(t);
      return t;
    }

  private:
    T* first_ = nullptr;
    T** last_ = &first_; ///< where the next one is hung
  };

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

  /// A place of the code that the requests of a turn come to one by one and leave together: `co_await` lets
  /// all others who do the same work in this turn come as far, and goes on before the turn's jobs run. A
  /// batch of requests then passes through the code a stage at a time, and a stage stays in the instruction
  /// cache for all of them. Outside of any scope there is no batch, and nobody waits. Outlives who waits in
  /// it.
  class stage {
  public:
    /// What is awaited. Destroyed while it waits, it resumes nobody.
    class waiting {
    public:
      explicit waiting(stage& s) noexcept : stage_(s) {}
      ~waiting() {
        if (waits_) stage_.forget(*this);
      }
      waiting(const waiting&) = delete;
      waiting& operator=(const waiting&) = delete;

      bool await_ready() const noexcept { return stage_.turn_.depth_ == 0; }
      template <std::derived_from<detail::task_promise_base> Promise>
      void await_suspend(std::coroutine_handle<Promise> caller) {
        stage_.take_in({this, caller, &caller.promise()});
        waits_ = true;
      }
      void await_resume() const noexcept {}

    private:
      friend class stage;

      stage& stage_;
      bool waits_ = false;
    };

    explicit stage(turn& t) noexcept : turn_(t) {}
    ~stage() {
      if (listed_) turn_.stages_.remove(*this);
    }
    stage(const stage&) = delete;
    stage& operator=(const stage&) = delete;

    waiting operator co_await() noexcept { return waiting(*this); }

  private:
    friend class turn;

    /// Beside who waits and not in it, so that the next one is known before its frame is there to be asked.
    struct place {
      waiting* who; ///< null: gone
      std::coroutine_handle<> caller;
      const detail::task_promise_base* promise; ///< the caller's
    };

    void take_in(const place& p);
    void forget(const waiting& w) noexcept;
    void pass() noexcept;

    turn& turn_;
    std::vector<place> waiting_;
    stage* next_ = nullptr;
    bool listed_ = false; ///< in turn::stages_
  };

  explicit turn(boost::asio::io_context& io) : loop_(io.get_executor()) {}
  turn(const turn&) = delete;
  turn& operator=(const turn&) = delete;

  /// Runs `j` once at the end, after those asked for before it. Nothing when it was asked for already. What
  /// is asked for by a job comes in the next turn: nobody can keep the loop to himself.
  void ask(job& j);
  void withdraw(job& j) noexcept;

private:
  void pass_stages() noexcept;
  void post();
  void end() noexcept;

  boost::asio::io_context::executor_type loop_;
  int depth_ = 0;
  chain<stage> stages_; ///< that somebody waits in
  chain<job> jobs_;
  std::uint64_t round_ = 0; ///< the one that jobs are asked for now
  bool posted_ = false;
};

} // namespace invited
