#pragma once

#include <cstddef>
#include <functional>

namespace invited::server {

/// What a listener can ask of a session that runs. A session is in one list from its making to its end.
class live_session {
public:
  live_session(const live_session&) = delete;
  live_session& operator=(const live_session&) = delete;

  virtual void drain() = 0; ///< the context is draining: end at once if nothing is half done
  virtual void abort() = 0; ///< end as soon as possible

protected:
  live_session() = default;
  virtual ~live_session() = default;

private:
  friend class session_list;
  live_session* previous_ = nullptr;
  live_session* next_ = nullptr;
};

/// The sessions of one core, in no order. Owns none of them: each lives in its coroutine. Must outlive them.
class session_list {
public:
  void add(live_session& s);
  void remove(live_session& s);

  std::size_t size() const { return size_; }
  void drain();
  void abort();

  /// Called after each session that has gone.
  std::function<void()> on_removed{};

private:
  template <class Action>
  void for_each(Action action);

  live_session* first_ = nullptr;
  std::size_t size_ = 0;
};

} // namespace invited::server
