#include "server/core/metrics_page.hpp"

#include "server/core/core_figures.hpp"
#include "server/metrics/exposition.hpp"
#include "server/version.hpp"
#include "store/crypto/hex.hpp"

#include <algorithm>
#include <array>

namespace invited::server {
namespace {

using figures = std::span<const core_figures>;

/// The sum over all cores of what `of` reads.
template <class Of>
std::uint64_t total(figures cores, Of of) {
  std::uint64_t sum = 0;
  for (const core_figures& core : cores) sum += of(core);
  return sum;
}

double seconds(std::uint64_t us) {
  return static_cast<double>(us) / 1e6;
}

struct route_labels {
  std::string_view name, method;
};

/// The labels of a line of the tallies. The one after the table is for requests without a route.
route_labels labels_of(std::span<const handlers::route> routes, std::size_t line) {
  if (line == routes.size()) return {"none", "any"};
  return {routes[line].pattern, name_of(routes[line].method)};
}

void write_requests(exposition& out, figures cores, std::span<const handlers::route> routes) {
  out.counter("invited_http_requests_total",
              "Requests answered on the public port, by route template, method and status. "
              "HEAD counts as GET; route \"none\" is requests without a route or that were not HTTP.");
  std::array<char, 3> digits{};
  for (std::size_t line = 0; line <= routes.size(); ++line) {
    const route_labels of = labels_of(routes, line);
    for (unsigned status = handlers::status_slots::first; status <= handlers::status_slots::last; ++status) {
      const std::size_t slot = handlers::status_slots::of(status);
      if (slot == 0) continue;
      const auto n = total(cores, [&](const core_figures& c) { return c.calls->line(line).answered(slot); });
      if (n == 0) continue; // otherwise most of the page would be zeros
      for (unsigned rest = status, i = 3; i-- > 0; rest /= 10) digits[i] = static_cast<char>('0' + rest % 10);
      const std::string_view code(digits.data(), digits.size());
      out.sample(n, {{"route", of.name}, {"method", of.method}, {"status", code}});
    }
  }
}

void write_durations(exposition& out, figures cores, std::span<const handlers::route> routes) {
  using handlers::call_tally;
  out.histogram(
      "invited_http_request_duration_seconds",
      "Time from the end of a request's head until its answer is ready, by route template and method.");
  for (std::size_t line = 0; line <= routes.size(); ++line) {
    const route_labels of = labels_of(routes, line);
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i <= call_tally::bounds_us.size(); ++i) {
      so_far += total(cores, [&](const core_figures& c) { return c.calls->line(line).in_bucket(i); });
      const bool last = i == call_tally::bounds_us.size();
      const std::string bound = last ? "+Inf" : number_text(seconds(call_tally::bounds_us[i]));
      out.sample(so_far, {{"route", of.name}, {"method", of.method}, {"le", bound}}, "_bucket");
    }
    const auto us = total(cores, [&](const core_figures& c) { return c.calls->line(line).total_us(); });
    out.sample(seconds(us), {{"route", of.name}, {"method", of.method}}, "_sum");
    out.sample(so_far, {{"route", of.name}, {"method", of.method}}, "_count");
  }
}

void write_connections(exposition& out, const shared_state& shared) {
  const figures cores = shared.figures;
  out.single_counter("invited_connections_accepted_total", "Connections accepted on the public port.",
                     total(cores, [](const core_figures& c) -> std::uint64_t { return c.http->accepted; }));
  out.counter("invited_connections_refused_total",
              "Connections turned away with 503, by limit: all (--max-connections were open, and none was "
              "idle) or address (--max-connections-per-address).");
  out.sample(total(cores, [](const core_figures& c) -> std::uint64_t { return c.http->turned_away; }),
             {{"limit", "all"}});
  out.sample(total(cores, [](const core_figures& c) -> std::uint64_t { return c.http->crowded_out; }),
             {{"limit", "address"}});
  out.single_counter("invited_connections_ended_for_room_total",
                     "Idle connections ended because --max-connections were open and another came.",
                     total(cores, [](const core_figures& c) -> std::uint64_t { return c.http->made_room; }));
  out.single_counter(
      "invited_connection_accept_failures_total",
      "Failed accepts, mostly because no file descriptor was left.",
      total(cores, [](const core_figures& c) -> std::uint64_t { return c.http->accept_failures; }));
  out.single_gauge("invited_connections_open", "Connections open on the public port.",
                   static_cast<double>(shared.connections.open()));
  out.single_gauge("invited_connections_max",
                   "How many connections --max-connections and the limit of open files allow.",
                   static_cast<double>(shared.connections.max()));
  out.single_gauge("invited_body_memory_bytes", "Bytes held by request bodies and large answers under way.",
                   static_cast<double>(shared.bodies.used()));
  out.single_gauge("invited_body_memory_max_bytes", "How many bytes --max-body-memory allows.",
                   static_cast<double>(shared.bodies.max()));
  out.single_counter("invited_http_malformed_requests_total",
                     "Requests that HTTP forbids or that came too slowly; each ended its connection.",
                     total(cores, [](const core_figures& c) -> std::uint64_t { return c.http->refused; }));
  constexpr std::array<std::string_view, static_cast<std::size_t>(phase::count_)> phases = {
      "header", "body", "write", "idle", "linger"};
  out.counter("invited_connection_timeouts_total", "Deadlines passed, by what the connection waited for.");
  for (std::size_t p = 0; p < phases.size(); ++p) {
    const auto n = total(cores, [p](const core_figures& c) -> std::uint64_t { return c.http->timeouts[p]; });
    out.sample(n, {{"phase", phases[p]}});
  }
}

void write_redis(exposition& out, const shared_state& shared) {
  const figures cores = shared.figures;
  const auto sum = [cores](store::tally store::redis::traffic::*which) {
    return total(cores, [which](const core_figures& c) { return c.redis->*which + c.reads->*which; });
  };
  using store::redis::traffic;
  out.single_counter("invited_redis_calls_total", "Calls sent to Redis.", sum(&traffic::calls));
  out.single_counter("invited_redis_batches_total",
                     "Writes that carried the calls; calls divided by this is the size of a batch.",
                     sum(&traffic::batches));
  out.counter(
      "invited_redis_call_failures_total",
      "Calls without a result: not sent (unavailable), answer lost (unanswered), error reply (refused).");
  out.sample(sum(&traffic::unavailable), {{"kind", "unavailable"}});
  out.sample(sum(&traffic::unanswered), {{"kind", "unanswered"}});
  out.sample(sum(&traffic::refused), {{"kind", "refused"}});
  out.single_counter("invited_redis_connects_total",
                     "Connections to Redis that became ready, including the first two of each core.",
                     sum(&traffic::connects));
  out.single_counter("invited_redis_connection_failures_total",
                     "Connections to Redis that broke, and attempts that failed.", sum(&traffic::losses));
  const auto write_states = [&](std::string_view name, std::string_view help, auto core_figures::*which) {
    out.gauge(name, help);
    for (std::size_t i = 0; i < cores.size(); ++i) {
      const bool up = (cores[i].*which)->load(std::memory_order_relaxed);
      out.sample(std::uint64_t{up}, {{"core", std::to_string(i)}});
    }
  };
  write_states("invited_redis_connected", "Whether a core's connection to Redis may be used.",
               &core_figures::redis_up);
  write_states("invited_redis_reads_connected",
               "Whether a core's second connection, for costly reads, may be used.", &core_figures::reads_up);
  const bool ready = shared.ready.connected == shared.ready.cores;
  out.single_gauge("invited_ready", "Whether the connections of all cores may be used, as for /readyz.",
                   ready);
}

void write_limits(exposition& out, figures cores) {
  out.counter(
      "invited_limited_total",
      "Requests refused by a limit: bucket (a provider's, by Redis), memory (the same, remembered here), "
      "address (of a patient's route), stranger (address, on any other route without a token), token "
      "(address "
      "of too many forged staff tokens), staff (a caller's or a provider's quota), reads (too many costly "
      "reads "
      "waited for Redis), bulk (its caller had another call of many rows under way), body_memory "
      "(--max-body-memory were taken).");
  const auto write = [&](std::string_view limit, auto of) {
    out.sample(total(cores, of), {{"limit", limit}});
  };
  write("bucket", [](const core_figures& c) -> std::uint64_t { return c.invites->limited; });
  write("memory", [](const core_figures& c) -> std::uint64_t { return *c.refused_from_memory; });
  write("address", [](const core_figures& c) -> std::uint64_t { return *c.refused_patients; });
  write("token", [](const core_figures& c) -> std::uint64_t { return *c.refused_tokens; });
  write("stranger", [](const core_figures& c) -> std::uint64_t { return *c.refused_strangers; });
  write("staff", [](const core_figures& c) -> std::uint64_t { return *c.refused_calls; });
  write("reads", [](const core_figures& c) -> std::uint64_t { return *c.refused_reads; });
  write("bulk", [](const core_figures& c) -> std::uint64_t { return *c.refused_bulks; });
  write("body_memory", [](const core_figures& c) -> std::uint64_t { return c.http->without_memory; });
}

void write_invites(exposition& out, figures cores) {
  using store::invite_event;
  out.counter("invited_invite_events_total",
              "What this process saw happen to invites, including repeats; GET /analytics has exact counts. "
              "lost: the right to redeem vanished from Redis before its time.");
  for (std::size_t e = 0; e < static_cast<std::size_t>(invite_event::count_); ++e) {
    const auto event = static_cast<invite_event>(e);
    auto n = total(cores, [event](const core_figures& c) { return (*c.invites)[event]; });
    if (event == invite_event::expired) {
      n += total(cores, [](const core_figures& c) { return c.expired ? std::uint64_t{*c.expired} : 0; });
    }
    out.sample(n, {{"event", name_of(event)}});
  }
}

void write_keys(exposition& out, const store::sealer& seals) {
  constexpr std::size_t id_size = std::tuple_size_v<store::key_id>;
  const store::bytes_view all = store::as_bytes(seals.held_ids());
  const std::string sealing = store::to_hex(seals.current());
  out.gauge("invited_seal_key_info",
            "The sealing keys loaded, by id (a hash); use: seal (and open), or only open.");
  for (std::size_t at = 0; at + id_size <= all.size(); at += id_size) {
    const std::string id = store::to_hex(all.subspan(at, id_size));
    out.sample(std::uint64_t{1}, {{"key_id", id}, {"use", id == sealing ? "seal" : "open"}});
  }
}

void write_room(exposition& out, const shared_state& shared) {
  out.single_gauge("invited_audit_entries", "Audit events of all servers in Redis, without creations.",
                   static_cast<double>(shared.audit.entries.load()));
  out.single_gauge(
      "invited_audit_entries_max",
      "How many entries --audit-max-entries allows before refusals and pages of lists are only counted.",
      static_cast<double>(shared.audit.most_entries.load()));
  out.single_counter(
      "invited_audit_suppressed_total",
      "Refusals and pages of lists that came while the audit was full: counted, and written when there is "
      "room.",
      total(shared.figures, [](const core_figures& c) -> std::uint64_t { return *c.suppressed_audit; }));
  out.single_gauge("invited_audit_full", "Whether the audit is full; /readyz says degraded.",
                   shared.ready.audit_full);
  out.single_gauge("invited_redis_out_of_memory",
                   "Whether Redis refuses calls that need memory; /readyz says degraded.",
                   shared.ready.out_of_memory);
}

void write_audit(exposition& out, const audit_counters& audit) {
  out.single_counter("invited_audit_exported_total",
                     "Audit entries that this server has written to its --audit-file.", audit.exported);
  out.single_counter("invited_audit_lost_total",
                     "Audit entries that were trimmed from Redis before any server had exported them.",
                     audit.lost);
  out.single_counter("invited_audit_failed_writes_total",
                     "Batches that could not be written to the audit file; they are tried again.",
                     audit.failed_writes);
  out.gauge("invited_audit_waiting",
            "Audit entries in Redis that no server has exported, at the last look, at most a minute ago.");
  out.sample(static_cast<double>(audit.waiting_events.load()), {{"stream", "events"}});
  out.sample(static_cast<double>(audit.waiting_creations.load()), {{"stream", "creations"}});
}

void write_process(exposition& out, const shared_state& shared, const process_stats& process) {
  out.gauge("invited_build_info", "The running build.");
  out.sample(std::uint64_t{1}, {{"version", version}, {"compiler", compiler}, {"commit", commit}});
  out.single_gauge("invited_cores", "Event loops, one on each thread.",
                   static_cast<double>(shared.figures.size()));
  out.single_counter("invited_log_lines_dropped_total",
                     "Log lines lost because they came faster than they could be written.",
                     shared.log.dropped());
  const std::chrono::duration<double> started = shared.started.time_since_epoch();
  out.single_gauge("process_start_time_seconds", "Start time of the process since unix epoch in seconds.",
                   started.count());
  out.counter("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.");
  out.sample(process.cpu_seconds);
  const auto gauge = [&out](std::string_view name, std::string_view help,
                            std::optional<std::uint64_t> value) {
    if (value) out.single_gauge(name, help, static_cast<double>(*value));
  };
  gauge("process_resident_memory_bytes", "Resident memory size in bytes.", process.resident_bytes);
  gauge("process_virtual_memory_bytes", "Virtual memory size in bytes.", process.virtual_bytes);
  gauge("process_open_fds", "Number of open file descriptors.", process.open_fds);
  gauge("process_max_fds", "Maximum number of open file descriptors.", process.max_fds);
}

} // namespace

std::string render_metrics(const shared_state& shared, std::span<const handlers::route> routes,
                           const store::sealer& seals, const process_stats& process) {
  exposition out;
  write_requests(out, shared.figures, routes);
  write_durations(out, shared.figures, routes);
  write_connections(out, shared);
  write_redis(out, shared);
  write_limits(out, shared.figures);
  write_invites(out, shared.figures);
  write_keys(out, seals);
  write_audit(out, shared.audit);
  write_room(out, shared);
  write_process(out, shared, process);
  return std::move(out).take();
}

} // namespace invited::server
