#pragma once

#include "handlers/http/response.hpp"
#include "server/http/memory_budget.hpp"
#include "server/http/response_writer.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace invited::server {

/// The answers of one connection that wait to be written. They leave in the order in which they are added,
/// and a connection adds each when its request is done: pipelined requests are answered in the order of their
/// arrival (RFC 9112 §9.3.2). It owns their bytes, and keeps the memory for the next ones. A file is not
/// copied, because it has static storage.
class answer_queue {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// The budget must outlive it.
  explicit answer_queue(memory_budget& budget) : memory_(budget) {}

  /// Whether everything that was added is written.
  bool empty() const { return bytes_.empty() && file_.empty(); }

  /// What is to be written next; empty only if nothing waits. Valid until the next call that changes
  /// anything.
  std::string_view output() const { return bytes_.empty() ? file_ : std::string_view{bytes_}.substr(sent_); }

  /// The first `n` bytes of output() are written; there must be so many.
  void written(std::size_t n);

  /// Adds the answer to a request that was there at `since`. If it is large, its memory counts against the
  /// budget until it is written, even where the budget has not enough; and `held` is kept until then.
  /// Otherwise `held` is let go at once.
  void add(const handlers::response& answer, const answer_frame& frame, time_point since,
           std::shared_ptr<const void>&& held);

  /// Adds the interim answer 100 to a request that was there at `since` (RFC 9110 §15.2.1).
  void add_continue(time_point since);

  /// Answers to pipelined requests are written together. Whether it is time to write those that wait, instead
  /// of adding the answer to a request that is there at `now`.
  bool is_due(time_point now) const {
    return !bytes_.empty() && (bytes_.size() > most_together || now - oldest_ > longest_wait);
  }

  /// Whether what waits must be written before the next head is looked at. Nothing can follow a file here,
  /// and what a large answer holds may be what the next request asks for.
  bool must_go_first() const { return !file_.empty() || held_ != nullptr; }

private:
  static constexpr std::size_t most_together = 32 * 1024;
  static constexpr std::chrono::milliseconds longest_wait{5}; ///< of the first, for others

  std::string bytes_;                  ///< answers, or none
  std::size_t sent_ = 0;               ///< how many of bytes_ are written
  std::string_view file_;              ///< what follows bytes_, and is not written yet
  std::shared_ptr<const void> held_{}; ///< let go when bytes_ are written
  memory_share memory_;                ///< the share for bytes_, when they are large
  time_point oldest_{};                ///< `since` of the first in bytes_
};

} // namespace invited::server
