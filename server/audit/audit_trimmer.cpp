#include "server/audit/audit_trimmer.hpp"

#include "store/async/all_of.hpp"

#include <numeric>
#include <utility>

namespace invited::server {

audit_trimmer::audit_trimmer(boost::asio::io_context& io, store::audit_buffer& buffer,
                             std::chrono::milliseconds retention, audit_counters& counts,
                             rounds::fault_observer on_fault)
    : buffer_(buffer),
      retention_(retention),
      counts_(counts),
      rounds_(
          io, [this] { return round(); }, std::move(on_fault)) {}

task<std::chrono::milliseconds> audit_trimmer::round() {
  std::vector<store::group> now = std::exchange(unfinished_, {});
  for (std::size_t i = 0; i < at_a_time; ++i) now.push_back(static_cast<store::group>(next_++ % groups));
  std::vector<store::audit_stream> streams;
  for (const store::group g : now) streams.push_back(store::events_of(g));
  std::vector<task<store::result<store::tidied>>> calls;
  for (const store::audit_stream& s : streams) calls.push_back(buffer_.tidy(s, retention_));
  all_of<store::result<store::tidied>> all(calls);
  co_await all;
  for (std::size_t i = 0; i < now.size(); ++i) {
    const store::result<store::tidied> done = calls[i].take();
    if (!done) continue; // the connection's watcher tells; its turn comes again
    waiting_[now[i]] = done->waiting;
    if (done->more) unfinished_.push_back(now[i]);
  }
  counts_.waiting_events = std::accumulate(waiting_.begin(), waiting_.end(), std::int64_t{0});
  co_return std::chrono::seconds(1);
}

} // namespace invited::server
