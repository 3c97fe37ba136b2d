#include "server/core/door_watch.hpp"

#include "handlers/text/coarse_address.hpp"

#include <string>
#include <utility>

namespace invited::server {

void door_watch::turned_away(room why, const boost::asio::ip::address& peer) {
  line& of = lines_[why == room::full ? 0 : 1];
  ++of.clients;
  const auto now = std::chrono::steady_clock::now();
  if (now < of.next) return;
  of.next = now + period;
  std::string client;
  handlers::append_coarse_address(client, peer); // the last client; under attack this is mostly the attacker
  log_.event(log_level::warning, "connections_refused",
             {{"limit", why == room::full ? "max-connections" : "max-connections-per-address"},
              {"clients", std::exchange(of.clients, 0)},
              {"client", client}});
}

} // namespace invited::server
