#pragma once

#include "store/base/tally.hpp"

#include <boost/intrusive/list.hpp>

#include <chrono>
#include <coroutine>
#include <cstddef>

namespace invited {

/// Lets a fixed number in at a time; the others wait, first come, first served. For one thread. It takes no
/// lock and allocates nothing: each waiting entry carries the links of the list.
class gate {
public:
  using clock = std::chrono::steady_clock;

  /// `places`: how many may be inside. An entry beyond `most_waiting` is refused at once. An entry that has
  /// waited for `longest_wait` is refused when its turn comes, because its caller has given up by then.
  gate(std::size_t places, std::size_t most_waiting, clock::duration longest_wait)
      : free_(places), most_waiting_(most_waiting), longest_wait_(longest_wait) {}
  gate(const gate&) = delete;
  gate& operator=(const gate&) = delete;

  std::size_t waiting() const { return waiting_.size(); }

  /// How many entries were refused. May be read on any thread.
  const store::tally& refusals() const { return refusals_; }

  /// One stay inside. To be awaited once. True: it is inside until this object is destroyed. False: it was
  /// refused. If it is destroyed while it waits, it gives its turn up. The gate must outlive it.
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
  bool handing_over_ = false; ///< leave() is under way, and also handles those who leave meanwhile
};

} // namespace invited
