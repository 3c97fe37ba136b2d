#pragma once

#include "handlers/api.hpp"
#include "handlers/routing/front.hpp"
#include "server/audit/audit_keeper.hpp"
#include "server/audit/repeat_writer.hpp"
#include "server/core/core_figures.hpp"
#include "server/core/door_watch.hpp"
#include "server/core/metrics_endpoint.hpp"
#include "server/core/redis_watch.hpp"
#include "server/core/room_watch.hpp"
#include "server/core/shared_state.hpp"
#include "server/core/sweeper.hpp"
#include "server/http/http_context.hpp"
#include "server/log/log_buffer.hpp"
#include "server/net/deadlines.hpp"
#include "server/net/listener.hpp"
#include "server/net/net_context.hpp"
#include "server/net/poller.hpp"
#include "store/async/worker.hpp"
#include "store/audit/audit_digest.hpp"
#include "store/audit/audit_log.hpp"
#include "store/crypto/sealer.hpp"
#include "store/invites/invites.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <memory>
#include <optional>

namespace invited::server {

/// One core's world: an event loop with its own doors, Redis connection, keys and caches. Nothing in it is
/// locked, because nothing in it is shared. Built on the starting thread, then used by the thread in run()
/// alone, but for the functions that say otherwise.
class core {
public:
  /// `common` outlives the object.
  explicit core(shared_state& shared);
  ~core();
  core(const core&) = delete;
  core& operator=(const core&) = delete;

  /// Opens the door to the public, and, if asked, the admin's; throws boost::system::system_error naming the
  /// address. Before run(). Returns the port.
  std::uint16_t listen(const boost::asio::ip::tcp::endpoint& at);
  std::uint16_t listen_admin(const boost::asio::ip::tcp::endpoint& at);

  /// Has this core count expiries, too; one core of a process does. Before run().
  void sweep_expiries();

  /// Has this core trim the audit and, where there is a file, export it, and look how much room Redis has;
  /// one core of a process does. Before run().
  void keep_audit(std::optional<audit_file> file);

  /// Serves until drain() is done.
  void run();

  // From any thread:
  void load_keys(std::shared_ptr<const store::key_ring> keys);
  void drain(); ///< accept no more, finish what runs, then let run() return
  void abort(); ///< cut what drain() still waits for

private:
  static constexpr std::size_t most_drawings = 64; ///< that wait: two seconds of the largest

  /// Costly reads under way: two keep Redis busy with one while we work on the other's reply. Each may hold
  /// Redis for a millisecond or two, which is what everybody else then waits for.
  static constexpr std::size_t reads_at_a_time = 2;
  static constexpr std::size_t most_reads = 512; ///< that wait: as many as Redis does in half a second

  std::uint16_t open(listener& door, const boost::asio::ip::tcp::endpoint& at);
  door_surroundings public_surroundings();
  void drained();
  void finish();
  core_figures figures() const;
  void note_forwarded(const boost::asio::ip::address& peer);

  shared_state& shared_;
  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  turn turn_{io_};
  work_queue drawings_{most_drawings};
  worker image_worker_{io_, drawings_};
  worker password_worker_;
  store::system_entropy random_;
  log_buffer log_;

  redis_watch watch_;
  redis_watch reads_watch_;
  store::redis::connection redis_;
  store::redis::connection reads_; ///< for what costs Redis milliseconds
  gate reading_places_;
  store::sealer seals_;
  handlers::session_tokens tokens_;
  store::invites invites_;
  store::audit_log audit_;
  store::audit_digest digest_;
  repeat_writer repeats_;
  std::optional<sweeper> sweeper_;
  std::optional<audit_keeper> audit_keeper_;
  std::optional<room_watch> room_;
  handlers::staff_verifier verifier_;

  handlers::api api_;
  handlers::front front_;
  metrics_endpoint metrics_;
  handlers::front admin_front_;

  deadlines deadlines_;
  deadlines admin_deadlines_; ///< of its own: a full public door ends nobody at the operators'
  poller sockets_;
  write_queue writes_;
  http_context http_;
  http_context admin_http_;
  net_context net_;
  net_context admin_net_;
  door_watch door_watch_;
  listener door_;
  std::optional<listener> admin_door_;
  std::size_t place_ = 0; ///< in shared::figures and shared::doors
  int doors_open_ = 0;
};

} // namespace invited::server
