#pragma once

#include "store/async/coarse_clock.hpp"
#include "store/base/tally.hpp"

#include <boost/intrusive/list.hpp>

#include <chrono>
#include <coroutine>
#include <cstddef>

namespace invited {

/// Lets only so many in at a time; the others wait, first come, first served. For one thread, no lock, no
/// allocation: who waits carries the links of the list.
class gate {
public:
  using clock = coarse_clock;

  /// `places` are for those inside. One more than `most_waiting` is refused at once; and whoever has waited
  /// for `longest_wait` is refused when its turn comes, for it has been given up by then.
  gate(std::size_t places, std::size_t most_waiting, clock::duration longest_wait)
      : free_(places), most_waiting_(most_waiting), longest_wait_(longest_wait) {}
  gate(const gate&) = delete;
  gate& operator=(const gate&) = delete;

  std::size_t waiting() const { return waiting_.size(); }

  /// How often somebody was refused; may be read on any thread.
  const store::tally& refusals() const { return refusals_; }

  /// One stay. To be awaited once: true: inside, until this is destroyed; false: refused. Destroyed while it
  /// waits, it gives its turn up. The gate outlives it.
  class [[nodiscard]] entry {
  public:
    explicit entry(gate& into) : gate_(into) {}
    ~entry();
    entry(const entry&) = delete;
    entry& operator=(const entry&) = delete;

    bool await_ready();
    void await_suspend(std::coroutine_handle<> caller);
    bool await_resume() const { return inside_; }

  private:
    friend class gate;

    gate& gate_;
    boost::intrusive::list_member_hook<> waits_; ///< linked: in gate::waiting_
    std::coroutine_handle<> caller_{};
    clock::time_point since_{};
    bool inside_ = false;
  };

private:
  void leave();

  std::size_t free_;
  const std::size_t most_waiting_;
  const clock::duration longest_wait_;
  boost::intrusive::list<entry, boost::intrusive::member_hook<entry, decltype(entry::waits_), &entry::waits_>>
      waiting_;
  store::tally refusals_;
  bool handing_over_ = false; ///< leave() is under way, and goes on with whoever leaves meanwhile
};

} // namespace invited
