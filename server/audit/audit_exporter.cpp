#include "server/audit/audit_exporter.hpp"

#include "store/async/all_of.hpp"
#include "store/crypto/hex.hpp"

#include <iterator>
#include <utility>

namespace invited::server {
namespace {

constexpr std::chrono::minutes head_period(10);

} // namespace

audit_exporter::audit_exporter(boost::asio::io_context& io, store::audit_buffer& buffer, audit_writer& writer,
                               log_buffer& log, audit_counters& counts)
    : buffer_(buffer),
      writer_(writer),
      log_(log),
      counts_(counts),
      rounds_(
          io, [this] { return round(); },
          [this](std::string_view what) {
            log_.event(log_level::error, "audit_export_failed", {{"detail", what}});
          }) {
  cursors_.fill(std::string(store::first_providers));
}

void audit_exporter::stop(std::function<void()> stopped) {
  rounds_.stop([this, then = std::move(stopped)] {
    next_head_ = {};
    tell_head(head_);
    then();
  });
}

task<std::chrono::milliseconds> audit_exporter::round() {
  if (failing_) {
    const audit_batch nothing;
    const bool works = co_await write(nothing);
    if (!works) co_return retry;
  }
  co_await acknowledge(); // acknowledge entries for which that failed after the write
  if (!written_.empty()) co_return period;
  std::vector<source> from = co_await find_sources();
  const audit_batch batch = co_await take(from);
  if (!batch.parts.empty()) {
    const bool on_disk = co_await write(batch);
    if (on_disk) co_await acknowledge();
  }
  if (failing_) co_return retry;
  co_return again_.empty() ? period : std::chrono::milliseconds(0);
}

/// Once a second, all streams to look at; in between, only those that have more.
task<std::vector<audit_exporter::source>> audit_exporter::find_sources() {
  std::vector<source> from = std::exchange(again_, {});
  if (clock::now() < next_look_) co_return from;
  next_look_ = clock::now() + period;
  std::vector<store::group> with_creations;
  for (std::size_t i = 0; i < store::groups; ++i) {
    const auto g = static_cast<store::group>(i);
    // All at the start, because entries may be waiting.
    const bool in_turn = look_ == 0 || i % looks == look_ % looks;
    source events{store::events_of(g), in_turn};
    from.push_back(std::move(events));
    if (in_turn) with_creations.push_back(g);
  }
  ++look_;
  co_await add_creations(with_creations, from);
  co_return from;
}

task<void> audit_exporter::add_creations(const std::vector<store::group>& now, std::vector<source>& out) {
  std::vector<task<store::result<store::known_providers>>> calls;
  for (const store::group g : now) calls.push_back(buffer_.providers(g, cursors_[g]));
  all_of<store::result<store::known_providers>> all(calls);
  co_await all;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const store::result<store::known_providers> found = calls[i].take();
    if (!found) continue;
    cursors_[now[i]] = found->cursor;
    for (const std::string& provider_id : found->ids) {
      source creations{store::creations_of(now[i], provider_id), true};
      out.push_back(std::move(creations));
    }
  }
}

task<audit_batch> audit_exporter::take(std::vector<source>& from) {
  constexpr std::size_t most_at_once =
      300; // the events of all groups and some creations, because others use the connection, too
  if (from.size() > most_at_once) {
    const auto rest = from.begin() + most_at_once;
    again_.assign(std::make_move_iterator(rest), std::make_move_iterator(from.end()));
    from.erase(rest, from.end());
  }
  std::vector<task<store::result<store::audit_stretch>>> calls;
  for (const source& s : from) calls.push_back(buffer_.take(s.stream, s.take_over));
  all_of<store::result<store::audit_stretch>> all(calls);
  co_await all;
  audit_batch batch;
  for (std::size_t i = 0; i < from.size(); ++i) {
    store::result<store::audit_stretch> taken = calls[i].take();
    if (!taken) continue; // the watcher of the connection logs it
    count_lost(taken->trimmed());
    const std::size_t size = taken->size();
    if (size == 0) continue;
    audit_batch::part part{from[i].stream, std::move(*taken)};
    batch.parts.push_back(std::move(part));
    if (size == store::audit_buffer::most_taken) again_.push_back(std::move(from[i]));
  }
  co_return batch;
}

task<bool> audit_exporter::write(const audit_batch& batch) {
  const audit_writer::outcome done = co_await writer_.write(batch);
  if (done.wrong) {
    ++counts_.failed_writes;
    again_.clear();
    if (!std::exchange(failing_, true))
      log_.event(log_level::error, "audit_not_written", {{"detail", *done.wrong}});
    co_return false;
  }
  if (std::exchange(failing_, false)) log_.event(log_level::warning, "audit_written_again");
  note_written(batch);
  tell_head(done.head);
  co_return true;
}

void audit_exporter::note_written(const audit_batch& batch) {
  for (const audit_batch::part& part : batch.parts) {
    written_entries entries{part.from, {}};
    for (const store::redis::node entry : part.entries.entries())
      entries.ids.emplace_back(entry.at(0).text());
    written_.push_back(std::move(entries));
  }
}

task<void> audit_exporter::acknowledge() {
  std::vector<std::vector<std::string_view>> ids;
  for (const written_entries& w : written_) ids.emplace_back(w.ids.begin(), w.ids.end());
  std::vector<task<store::result<void>>> calls;
  for (std::size_t i = 0; i < ids.size(); ++i) calls.push_back(buffer_.acknowledge(written_[i].of, ids[i]));
  all_of<store::result<void>> all(calls);
  co_await all;
  std::vector<written_entries> left;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (const store::result<void> done = calls[i].take(); !done) {
      left.push_back(std::move(written_[i]));
    } else {
      counts_.exported += written_[i].ids.size();
    }
  }
  written_ = std::move(left);
}

/// Logs the end of the chain, for `invited audit verify --expect`: to hide a cut file one would have to cut
/// the log, too.
void audit_exporter::tell_head(const chain_head& head) {
  head_ = head;
  if (head == told_head_ || clock::now() < next_head_) return;
  log_.event(log_level::info, "audit_head", {{"lines", head.seq}, {"hash", store::to_hex(head.hash)}});
  told_head_ = head;
  next_head_ = clock::now() + head_period;
}

void audit_exporter::count_lost(std::int64_t entries) {
  if (entries <= 0) return;
  counts_.lost += static_cast<std::uint64_t>(entries);
  log_.event(log_level::error, "audit_entries_lost",
             {{"entries", entries}, {"detail", "trimmed before they were exported"}});
}

} // namespace invited::server
