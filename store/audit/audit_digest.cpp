#include "store/audit/audit_digest.hpp"

#include "store/async/all_of.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace invited::store {
namespace {

bool succeeded(const task<result<void>>& call) {
  try {
    return call.take().has_value();
  } catch (const std::exception&) { // out of memory: it goes on counting
    return false;
  }
}

} // namespace

audit_digest::trace::~trace() {
  if (of_ == nullptr) return;
  repeat_table::line& l = of_->second;
  --l.users;
  if (settled_) return;
  if (first_)
    l.written = false; // the next one is the first
  else if (l.count > l.leaving)
    --l.count;
}

void audit_digest::trace::counted() {
  settled_ = true;
  if (!first_) return;
  of_->second.written = false;
  ++of_->second.count;
}

audit_digest::trace audit_digest::begin(const repeatable_event& e) {
  repeat_table::entry& of = table_.line_of(e, clock_());
  repeat_table::line& l = of.second;
  const bool is_full = full_.load(std::memory_order_relaxed);
  if (is_full) ++suppressed_;
  const bool first = !is_full && !l.written && l.at != repeat_table::level::action;
  ++l.users;
  if (first)
    l.written = true;
  else
    ++l.count;
  return {of, first ? repeat_table::actor_at(l.at, e.actor) : audit_actor(), first};
}

task<void> audit_digest::note(const repeatable_event& e) {
  trace left = begin(e);
  if (left.actor().role.empty()) {
    left.written();
    co_return;
  }
  const result<void> done = co_await log_.note(e.provider_id, e.action, left.actor(), e.outcome);
  if (done)
    left.written();
  else
    left.counted();
}

task<bool> audit_digest::write_due() {
  const std::vector<repeat_table::entry*> lines = table_.take_due(clock_(), most_at_once);
  if (full_.load(std::memory_order_relaxed)) {
    for (repeat_table::entry* of : lines) table_.settle(*of, false, clock_());
  } else {
    co_await write(lines);
  }
  co_return lines.size() == most_at_once;
}

task<void> audit_digest::write_all() {
  std::size_t left = table_.lines(); // lines that a caller holds come again
  while (left > 0) {
    const std::size_t most = std::min(left, most_at_once);
    const std::vector<repeat_table::entry*> lines =
        table_.take_due(repeat_table::clock::time_point::max(), most);
    const std::size_t failed = co_await write(lines);
    if (lines.empty() || failed > 0) co_return;
    left -= most;
  }
}

/// Returns how many could not be written.
task<std::size_t> audit_digest::write(const std::vector<repeat_table::entry*>& lines) {
  std::vector<task<result<void>>> calls;
  for (const repeat_table::entry* of : lines) {
    const repeatable_event e = repeat_table::event_of(*of);
    if (const std::uint64_t n = of->second.leaving; n > 0)
      calls.push_back(log_.note(e.provider_id, e.action, e.actor, e.outcome, n));
  }
  all_of<result<void>> all(calls);
  co_await all;
  std::size_t failed = 0, i = 0;
  for (repeat_table::entry* of : lines) {
    const bool written = of->second.leaving > 0 && succeeded(calls[i++]);
    if (of->second.leaving > 0 && !written) ++failed;
    table_.settle(*of, written, clock_());
  }
  co_return failed;
}

} // namespace invited::store
