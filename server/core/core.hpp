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

/// Everything of one core: an event loop with its own doors, Redis connection, keys and caches. Nothing in it
/// is locked, because nothing in it is shared. It is built on the starting thread, then used only by the
/// thread in run(), except the functions that say otherwise.
class core {
public:
  /// `shared` must outlive the object.
  explicit core(shared_state& shared);
  ~core();
  core(const core&) = delete;
  core& operator=(const core&) = delete;

  /// Open the public door and, if asked, the admin door. Throw boost::system::system_error naming the
  /// address. Call before run(). Return the port.
  std::uint16_t listen(const boost::asio::ip::tcp::endpoint& at);
  std::uint16_t listen_admin(const boost::asio::ip::tcp::endpoint& at);

  /// Makes this core count expiries, too; one core of a process does. Call before run().
  void sweep_expiries();

  /// Makes this core trim the audit, export it if there is a file, and watch how much room Redis has; one
  /// core of a process does. Call before run().
  void keep_audit(std::optional<audit_file> file);

  /// Serves until drain() is done.
  void run();

  // From any thread:
  void load_keys(std::shared_ptr<const store::key_ring> keys);
  void drain(); ///< accepts no more, finishes what runs, then lets run() return
  void abort(); ///< cuts what drain() still waits for

private:
  static constexpr std::size_t most_drawings = 64; ///< how many may wait: two seconds of the largest

  /// Costly reads under way at once. With two, Redis is busy with one while we work on the reply of the
  /// other. Each may hold Redis for a millisecond or two, and all other calls wait that long.
  static constexpr std::size_t reads_at_a_time = 2;
  /// How many may wait: as many as Redis does in half a second.
  static constexpr std::size_t most_reads = 512;

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
  store::redis::connection reads_; ///< for calls that cost Redis milliseconds
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
  deadlines admin_deadlines_; ///< separate, so that a full public door ends no connection of operators
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
