#pragma once

#include "server/http/phase.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace invited::server {

/// Something that can be in one phase at a time. It must leave its phase before it is destroyed.
class deadline_entry {
public:
  deadline_entry() = default;
  deadline_entry(const deadline_entry&) = delete;
  deadline_entry& operator=(const deadline_entry&) = delete;

protected:
  virtual ~deadline_entry() = default;

private:
  friend class deadline_queue;

  /// The phase lasted too long. The entry has left it already. The call may enter and leave phases, also for
  /// other entries.
  virtual void on_deadline(phase p) = 0;

  /// may_go(): whether nothing is half done, so that ending it loses no answer. go() ends it, to
  /// make room for another; it has left its phase already.
  virtual bool may_go() const { return false; }
  virtual void go() {}

  boost::intrusive::list_member_hook<> waits_; ///< unlinked: in no phase, as its destructor asserts
  std::chrono::steady_clock::time_point due_{};
  phase phase_ = phase::idle;
};

using phase_lengths = std::array<std::chrono::milliseconds, static_cast<std::size_t>(phase::count_)>;

/// The lengths, in the order of `phase`.
constexpr phase_lengths default_phase_lengths{std::chrono::seconds{10}, std::chrono::seconds{30},
                                              std::chrono::seconds{30}, std::chrono::seconds{75},
                                              std::chrono::seconds{2}};

/// The deadlines, without a clock: one list for each phase. Every phase has one length, so a list is always
/// in the order of its deadlines. Entering and leaving changes a few pointers, and nothing is allocated.
class deadline_queue {
public:
  using time_point = std::chrono::steady_clock::time_point;

  explicit deadline_queue(const phase_lengths& lengths);
  ~deadline_queue();
  deadline_queue(const deadline_queue&) = delete;
  deadline_queue& operator=(const deadline_queue&) = delete;

  /// Puts `entry` into phase `p`, which begins at `now`; does nothing if it is there already. `now` must
  /// never go back.
  void enter(deadline_entry& entry, phase p, time_point now);
  void leave(deadline_entry& entry);

  /// Calls on_deadline() of all entries whose phase ended at `now` or before.
  void expire(time_point now);

  /// Ends the entry that has waited longest among those that may go, in phase idle or for the first byte of a
  /// request. False: none may go.
  bool end_longest_idle();

  bool empty() const;

private:
  using list =
      boost::intrusive::list<deadline_entry,
                             boost::intrusive::member_hook<deadline_entry, decltype(deadline_entry::waits_),
                                                           &deadline_entry::waits_>,
                             boost::intrusive::constant_time_size<false>>;

  deadline_entry* first_to_go(phase p);
  time_point began(const deadline_entry& entry) const;

  phase_lengths lengths_;
  std::array<list, static_cast<std::size_t>(phase::count_)> lists_;
};

/// A core's deadline queue with its clock: one timer that ticks four times a second while an entry waits. The
/// time is read only at ticks, so a deadline comes up to two ticks late, and never early.
class deadlines {
public:
  using clock = std::function<std::chrono::steady_clock::time_point()>;
  static constexpr std::chrono::milliseconds tick_length{250};

  deadlines(
      boost::asio::io_context& context, const phase_lengths& lengths,
      clock now = [] { return std::chrono::steady_clock::now(); });

  void enter(deadline_entry& entry, phase p) {
    if (!ticking_) start();
    queue_.enter(entry, p, now_ + tick_length);
  }
  void leave(deadline_entry& entry) { queue_.leave(entry); }
  bool end_longest_idle() { return queue_.end_longest_idle(); }

  /// Reads the clock and expires what is due. The timer does this; tests call it by hand.
  void tick();

  /// Lets the io_context run out of work; entering a phase starts the timer again.
  void stop();

private:
  void start();
  void wait();

  deadline_queue queue_;
  boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                    boost::asio::wait_traits<std::chrono::steady_clock>,
                                    boost::asio::io_context::executor_type>
      timer_;
  clock clock_;
  std::chrono::steady_clock::time_point now_{};
  bool ticking_ = false;
};

} // namespace invited::server
