#include "server/core/room_watch.hpp"

#include "store/async/all_of.hpp"
#include "store/redis/memory.hpp"

#include <utility>
#include <vector>

namespace invited::server {

room_watch::room_watch(boost::asio::io_context& io, store::redis::connection& redis,
                       store::audit_buffer& audit, log_buffer& log, handlers::readiness& ready,
                       audit_counters& counts, const settings& wanted)
    : redis_(redis),
      audit_(audit),
      log_(log),
      ready_(ready),
      counts_(counts),
      settings_(wanted),
      rounds_(
          io, [this] { return round(); },
          [this](std::string_view what) {
            log_.event(log_level::error, "room_watch_failed", {{"detail", what}});
          }) {
  counts_.most_entries = settings_.audit_entries;
}

/// If Redis does not answer, the last known state stays.
task<std::chrono::milliseconds> room_watch::round() {
  const std::optional<std::int64_t> entries = co_await count_entries();
  if (entries) judge_audit(*entries);
  const store::result<store::redis::memory_use> memory = co_await store::redis::ask_memory_use(redis_);
  // If Redis does not allow the question, its refusals decide.
  if (memory || memory.error() == store::errc::refused) judge_memory(memory && memory->is_out());
  co_return period;
}

/// Asks for all groups in one write: about 50 µs of Redis's time.
task<std::optional<std::int64_t>> room_watch::count_entries() {
  std::vector<store::audit_stream> streams;
  for (std::size_t g = 0; g < store::groups; ++g)
    streams.push_back(store::events_of(static_cast<store::group>(g)));
  std::vector<task<store::result<std::int64_t>>> calls;
  for (const store::audit_stream& s : streams) calls.push_back(audit_.length(s));
  all_of<store::result<std::int64_t>> all(calls);
  co_await all;
  std::int64_t sum = 0;
  for (const task<store::result<std::int64_t>>& call : calls) {
    const store::result<std::int64_t> length = call.take();
    if (!length) co_return std::nullopt;
    sum += *length;
  }
  co_return sum;
}

void room_watch::judge_audit(std::int64_t entries) {
  counts_.entries = entries;
  const std::int64_t most = settings_.audit_entries;
  const bool was_full = ready_.audit_full;
  const bool is_full = entries >= (was_full ? most - most / 20 : most);
  if (is_full == was_full) return;
  ready_.audit_full = is_full;
  if (is_full) {
    log_.event(log_level::error, "audit_full", {{"entries", entries}, {"most", most}});
  } else {
    log_.event(log_level::warning, "audit_room_again", {{"entries", entries}, {"most", most}});
  }
}

/// Just below the limit a small write fits and a larger one does not. So memory counts as run out as soon as
/// one write was refused (redis_watch sets the flag at once). It counts as free again when Redis says so and
/// has refused none for a while.
void room_watch::judge_memory(bool is_out) {
  const auto now = std::chrono::steady_clock::now();
  const std::uint64_t refusals = ready_.out_of_memory_refusals;
  if (is_out || refusals != std::exchange(refusals_, refusals)) {
    quiet_since_ = now;
    ready_.out_of_memory = true;
  } else if (now - quiet_since_ >= settings_.quiet) {
    ready_.out_of_memory = false;
  }
  const bool out = ready_.out_of_memory;
  if (out == std::exchange(was_out_, out)) return;
  if (out) {
    log_.event(log_level::error, "redis_out_of_memory");
  } else {
    log_.event(log_level::warning, "redis_has_memory_again");
  }
}

} // namespace invited::server
