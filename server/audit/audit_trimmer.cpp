#include "server/audit/audit_trimmer.hpp"

#include "store/async/all_of.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

namespace invited::server {
namespace {

std::int64_t sum(const std::array<std::int64_t, store::groups>& of_groups) {
  return std::accumulate(of_groups.begin(), of_groups.end(), std::int64_t{0});
}

} // namespace

audit_trimmer::audit_trimmer(boost::asio::io_context& io, store::audit_buffer& buffer, audit_retention keep,
                             audit_counters& counts, rounds::fault_observer on_fault)
    : buffer_(buffer),
      keep_(keep),
      counts_(counts),
      rounds_(
          io, [this] { return round(); }, std::move(on_fault)) {
  cursors_.fill(std::string(store::first_providers));
}

task<std::chrono::milliseconds> audit_trimmer::round() {
  if (streams_.size() < streams_at_a_time) co_await find_streams();
  std::vector<store::audit_stream> now = take_streams();
  std::vector<task<store::result<store::tidied>>> calls;
  for (const store::audit_stream& s : now)
    calls.push_back(buffer_.tidy(s, s.provider_id.empty() ? keep_.events : keep_.creations));
  all_of<store::result<store::tidied>> all(calls);
  co_await all;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const store::result<store::tidied> done = calls[i].take();
    // Otherwise the watcher of the connection logs it, and its turn comes again.
    if (done) note(std::move(now[i]), *done);
  }
  tell();
  co_return std::chrono::seconds(1);
}

/// The events of the next groups, and the indexes of their providers.
task<void> audit_trimmer::find_streams() {
  std::vector<store::group> now = std::exchange(unfinished_, {});
  while (now.size() < groups_at_a_time) {
    now.push_back(static_cast<store::group>(next_++ % store::groups));
  }
  std::vector<task<store::result<store::known_providers>>> calls;
  for (const store::group g : now) calls.push_back(buffer_.providers(g, cursors_[g]));
  all_of<store::result<store::known_providers>> all(calls);
  co_await all;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const store::group g = now[i];
    const store::result<store::known_providers> found = calls[i].take();
    if (!found) { // Redis is away; it continues here when Redis is back
      unfinished_.push_back(g);
      continue;
    }
    if (cursors_[g] == store::first_providers) {
      streams_.push_back(store::events_of(g));
      waiting_creations_[g] = 0;
    }
    for (const std::string& id : found->ids) streams_.push_back(store::creations_of(g, id));
    cursors_[g] = found->cursor;
    if (found->cursor != store::first_providers) unfinished_.push_back(g);
  }
}

std::vector<store::audit_stream> audit_trimmer::take_streams() {
  const auto most = static_cast<std::ptrdiff_t>(std::min(streams_.size(), streams_at_a_time));
  std::vector<store::audit_stream> taken(std::make_move_iterator(streams_.begin()),
                                         std::make_move_iterator(streams_.begin() + most));
  streams_.erase(streams_.begin(), streams_.begin() + most);
  return taken;
}

void audit_trimmer::note(store::audit_stream&& of, const store::tidied& done) {
  if (of.provider_id.empty()) {
    waiting_events_[of.tag] = done.waiting;
  } else if (!done.more) { // otherwise it is looked at again, and counted then
    waiting_creations_[of.tag] += done.waiting;
  }
  if (done.more) streams_.push_back(std::move(of));
}

void audit_trimmer::tell() const {
  counts_.waiting_events = sum(waiting_events_);
  counts_.waiting_creations = sum(waiting_creations_);
}

} // namespace invited::server
