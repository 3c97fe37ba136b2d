#pragma once

#include "store/audit/audit_event.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace invited::store {

/// An audit event that names no invite and may come any number of times: a refusal, or a page of a list.
/// Views must live as long as the object. Each text has at most 255 bytes.
struct repeatable_event {
  std::string_view provider_id;
  audit_action action;
  std::string_view outcome; ///< one of a handful; empty: plain success
  audit_actor actor;
};

/// How many separate lines one core keeps. Beyond them a coarser line counts.
struct repeat_limits {
  std::chrono::milliseconds window{std::chrono::minutes(1)}; ///< for how long one line counts
  std::size_t lines = 4096;
  std::size_t providers = 1024; ///< so many more lines, each of which is all that a provider still gets
  std::size_t lines_of_provider = 256;   ///< for each action and outcome
  std::size_t addresses_of_subject = 16; ///< the same
};

/// Counts repeatable events by action, outcome, provider, role, subject and address. Too many addresses of
/// one subject are counted together by subject. Too many subjects are counted together by provider, under the
/// role `several`. Too many providers are counted together by action, under no provider. So memory and the
/// lines written are bounded, and no event is forgotten. Pure: it knows neither Redis nor the time. Used on
/// one thread.
class repeat_table {
public:
  using clock = std::chrono::steady_clock;

  /// How exactly a line names the actor.
  enum class level : std::uint8_t { action, provider, subject, address };

  /// Events that are counted together. It lives until it is settled with nothing left to write.
  struct line {
    level at;
    bool counts = false;       ///< otherwise it only leads to finer lines
    bool written = false;      ///< the audit has its first event, or will have it soon
    std::uint64_t count = 0;   ///< events that the audit does not have
    std::uint64_t leaving = 0; ///< how many of these are being written now
    std::uint32_t users = 0;   ///< how many hold it; while any does, it stays
    std::size_t lines_below = 0;
    std::pair<const std::string, line>* parent = nullptr;
  };
  using entry = std::pair<const std::string, line>;

  explicit repeat_table(const repeat_limits& limits = {}) : limits_(limits) {}
  repeat_table(const repeat_table&) = delete;
  repeat_table& operator=(const repeat_table&) = delete;

  /// The line that counts this event; it may be new. Throws std::length_error if a text is too long.
  entry& line_of(const repeatable_event& e, clock::time_point now);

  /// Up to `most` lines whose window is over, the oldest first, with `leaving` set (0 if a line is only
  /// held). The caller must settle() each. Lines that are not held and have nothing to write are forgotten.
  std::vector<entry*> take_due(clock::time_point now, std::size_t most);

  /// Tells whether the events that were leaving were `written`; if not, they count on. Another window begins
  /// if something is left.
  void settle(entry& of, bool written, clock::time_point now);

  /// The event that a line stands for; views into the line.
  static repeatable_event event_of(const entry& of);

  /// The actor, named as exactly as `at` says.
  static audit_actor actor_at(level at, const audit_actor& actor);

  std::size_t lines() const { return counting_; }
  std::uint64_t events() const; ///< that the audit does not have

private:
  static constexpr std::size_t levels = 4;
  class key;
  struct moment {
    clock::time_point at;
    entry* of;
  };

  entry* find(std::string_view text);
  bool has_room(const key& k, level at);
  entry& make(const key& k, level at, clock::time_point now);
  entry& node_of(const key& k, level at);
  void forget(entry& of);

  const repeat_limits limits_;
  std::map<std::string, line, std::less<>> all_; ///< ordered: a hash could be made to collide
  std::deque<moment> due_;                       ///< one for each line that counts, the oldest first
  std::size_t counting_ = 0;                     ///< lines
};

} // namespace invited::store
