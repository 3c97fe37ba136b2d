#pragma once

#include "store/async/task.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/intrusive/list.hpp>

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
  using hook = boost::intrusive::list_member_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>;

public:
  /// Something that can be asked for. Destroyed before it ran, it is withdrawn.
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

  /// A place of the code that the requests of a turn come to one by one and leave together: `co_await` lets
  /// all others who do the same work in this turn come as far, and goes on before the turn's jobs run. A
  /// batch of requests then passes through the code a part at a time, and a part stays in the instruction
  /// cache for all of them. Outside of any scope there is no batch, and nobody waits. Outlives who waits in
  /// it.
  class rendezvous {
  public:
    /// What is awaited. Destroyed while it waits, it resumes nobody.
    class waiting {
    public:
      explicit waiting(rendezvous& s) noexcept : rendezvous_(s) {}
      ~waiting() {
        if (waits_) rendezvous_.forget(*this);
      }
      waiting(const waiting&) = delete;
      waiting& operator=(const waiting&) = delete;

      bool await_ready() const noexcept { return rendezvous_.turn_.depth_ == 0; }
      template <std::derived_from<detail::task_promise_base> Promise>
      void await_suspend(std::coroutine_handle<Promise> caller) {
        rendezvous_.take_in({this, caller, &caller.promise()});
        waits_ = true;
      }
      void await_resume() const noexcept {}

    private:
      friend class rendezvous;

      rendezvous& rendezvous_;
      bool waits_ = false;
    };

    explicit rendezvous(turn& t) noexcept : turn_(t) {}
    rendezvous(const rendezvous&) = delete;
    rendezvous& operator=(const rendezvous&) = delete;

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
    hook reached_; ///< linked: in turn::rendezvouss_
  };

  explicit turn(boost::asio::io_context& io) : loop_(io.get_executor()) {}
  turn(const turn&) = delete;
  turn& operator=(const turn&) = delete;

  /// Runs `j` once at the end, after those asked for before it. Nothing when it was asked for already. What
  /// is asked for by a job comes in the next turn: nobody can keep the loop to himself.
  void ask(job& j);
  void withdraw(job& j) noexcept;

private:
  /// The elements carry the links: to stand in it takes no memory.
  template <class T, hook T::*link>
  using chain = boost::intrusive::list<T, boost::intrusive::member_hook<T, hook, link>,
                                       boost::intrusive::constant_time_size<false>>;

  void pass_rendezvous() noexcept;
  void post();
  void end() noexcept;

  boost::asio::io_context::executor_type loop_;
  int depth_ = 0;
  chain<rendezvous, &rendezvous::reached_> met_; ///< that somebody waits in
  chain<job, &job::asked_for_> jobs_;
  std::uint64_t round_ = 0; ///< the one that jobs are asked for now
  bool posted_ = false;
};

} // namespace invited
