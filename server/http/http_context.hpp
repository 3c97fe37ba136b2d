#pragma once

#include "handlers/http/call_tallies.hpp"
#include "handlers/http/service.hpp"
#include "server/grammar/limits.hpp"
#include "server/grammar/request_parser.hpp"
#include "server/http/access_log.hpp"
#include "server/http/client_address.hpp"
#include "server/http/date_cache.hpp"
#include "server/http/memory_budget.hpp"
#include "server/http/phase.hpp"
#include "server/http/request_id.hpp"
#include "store/base/tally.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

namespace invited::server {

/// What a core has counted. Written by its thread only; may be read on any.
struct http_counters {
  store::tally accepted;        ///< connections
  store::tally turned_away;     ///< connections over the cap
  store::tally crowded_out;     ///< connections over their address's cap
  store::tally made_room;       ///< idle connections ended to make room
  store::tally accept_failures; ///< mostly: no file descriptor left
  store::tally refused;         ///< requests that HTTP forbids
  store::tally without_memory;  ///< requests whose content found no memory
  std::array<store::tally, static_cast<std::size_t>(phase::count_)> timeouts;
};

/// What the connections of one door share, without their sockets. Used on that core's thread only. It must
/// outlive its connections.
struct http_context {
  http_context(handlers::service& s, access_log& l, memory_budget& m, std::uint64_t id_prefix,
               const http_limits& most = {})
      : service(s), log(l), memory(m), limits(most), ids(id_prefix), parser(limits), calls(s.calls()) {}

  handlers::service& service;
  access_log& log;
  memory_budget& memory; ///< shared by all cores
  const http_limits limits;
  std::vector<network> trusted_proxies{};

  /// Called for each request with X-Forwarded-For from a peer for which is_proxy_unnamed(). May be empty.
  std::function<void(const boost::asio::ip::address& peer)> on_forwarded{};
  bool hsts = false; ///< base_url is https

  // Both clocks are injected. They are plain functions, because they are called twice a request.
  std::chrono::system_clock::time_point (*wall_clock)() = [] { return std::chrono::system_clock::now(); };
  std::chrono::steady_clock::time_point (*steady_clock)() = [] { return std::chrono::steady_clock::now(); };

  request_ids ids;
  request_parser parser;
  date_cache date{};
  handlers::call_tallies calls;
  http_counters counters{};
  bool draining = false; ///< every answer is the last of its connection
};

} // namespace invited::server
