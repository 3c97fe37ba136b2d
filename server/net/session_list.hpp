#pragma once

#include <boost/intrusive/list.hpp>

#include <cstddef>
#include <functional>

namespace invited::server {

/// What a listener can ask of a running session. A session is in one list as long as it lives.
class live_session {
public:
  live_session(const live_session&) = delete;
  live_session& operator=(const live_session&) = delete;

  virtual void drain() = 0; ///< the context is draining: ends at once if nothing is half done
  virtual void abort() = 0; ///< ends as soon as possible
  virtual ~live_session() = default;

protected:
  live_session() = default;

private:
  friend class session_list;

  boost::intrusive::list_member_hook<> listed_; ///< its destructor asserts that it has left the list
};

/// The sessions of one core, in no order. Each owns itself until its connection ends. The list's destructor
/// destroys the sessions that are left; their loop must not run afterwards.
class session_list {
public:
  session_list() = default;
  ~session_list();
  session_list(const session_list&) = delete;
  session_list& operator=(const session_list&) = delete;

  void add(live_session& s);
  void remove(live_session& s);

  std::size_t size() const { return sessions_.size(); }
  void drain();
  void abort();

  /// Called after each session that has gone.
  std::function<void()> on_removed{};

private:
  boost::intrusive::list<
      live_session,
      boost::intrusive::member_hook<live_session, decltype(live_session::listed_), &live_session::listed_>>
      sessions_;
};

} // namespace invited::server
