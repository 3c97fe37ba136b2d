#pragma once

#include "store/async/task.hpp"
#include "store/audit/audit_log.hpp"
#include "store/audit/repeat_table.hpp"
#include "store/base/errc.hpp"
#include "store/base/tally.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace invited::store {

/// Keeps the audit short where events may come any number of times. Of events that are alike
/// (repeat_table.hpp), the audit has the first at once; when their minute is over, it has how many more there
/// were. So a process that is killed loses the counts of a minute at most, and no first line. There are two
/// exceptions, both under a flood: an event whose line says only the action is only counted, and while `full`
/// is set nothing is written at all. Events are counted then, too, and written when there is room.
///
/// One object a core, over that core's log; used on its thread.
class audit_digest {
public:
  /// `full`: the audit in Redis has as many entries as it may have. Any thread sets it. `log` and `full` must
  /// outlive the object.
  audit_digest(audit_log& log, const std::atomic<bool>& full, const repeat_limits& limits = {},
               std::function<repeat_table::clock::time_point()> clock = repeat_table::clock::now)
      : log_(log), full_(full), table_(limits), clock_(std::move(clock)) {}

  /// What one event leaves in the audit: a line, which whoever holds this must write, or one more in a count.
  /// If it is destroyed before written() or counted() was called, it leaves nothing: the event did not
  /// happen. It must be destroyed before the digest.
  class [[nodiscard]] trace {
  public:
    trace(trace&& other) noexcept
        : of_(std::exchange(other.of_, nullptr)), actor_(other.actor_), first_(other.first_) {}
    trace& operator=(trace&&) = delete;
    ~trace();

    /// The actor for the line that must be written now. If it has no role, the event is counted already.
    /// Views into what begin() was given.
    const audit_actor& actor() const { return actor_; }

    void written() { settled_ = true; } ///< the event happened; its line, if it needed one, is written
    void counted();                     ///< the event happened, but there is no line

  private:
    friend class audit_digest;
    trace(repeat_table::entry& of, const audit_actor& actor, bool first)
        : of_(&of), actor_(actor), first_(first) {}

    repeat_table::entry* of_;
    audit_actor actor_;
    bool first_;
    bool settled_ = false;
  };
  trace begin(const repeatable_event& e);

  /// All steps in one: writes the line if the event needs one. An event that cannot be written is counted, so
  /// this does not fail. `e` must live until the call is done.
  task<void> note(const repeatable_event& e);

  /// Writes the counts whose minute is over, up to `most_at_once`. True: there may be more. A count that
  /// cannot be written is kept and goes on counting.
  task<bool> write_due();

  /// Writes all counts, even when the audit is full: for a clean stop. Gives up at the first that cannot be
  /// written.
  task<void> write_all();

  /// Events that the audit does not have yet.
  std::uint64_t waiting() const { return table_.events(); }

  /// Events that came while the audit was full; may be read on any thread.
  const tally& suppressed() const { return suppressed_; }

  static constexpr std::size_t most_at_once = 200;

private:
  task<std::size_t> write(const std::vector<repeat_table::entry*>& lines);

  audit_log& log_;
  const std::atomic<bool>& full_;
  repeat_table table_;
  const std::function<repeat_table::clock::time_point()> clock_;
  tally suppressed_;
};

} // namespace invited::store
