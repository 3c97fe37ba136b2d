#include "server/app.hpp"

#include "server/audit/audit_file.hpp"
#include "server/config/secret_file.hpp"
#include "server/core/descriptor_limit.hpp"
#include "server/core/store_settings.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/system/system_error.hpp>
#include <openssl/crypto.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <stdexcept>

namespace invited::server {
namespace {

/// A failed token costs 17-70 µs of signature check, so an address that sends more than these must wait.
constexpr double failed_tokens_per_second = 1;
constexpr std::uint32_t failed_tokens_burst = 60;

constexpr std::size_t admin_connections = 64;

/// The requests of one second at once.
std::uint32_t burst_of(double per_second) {
  return static_cast<std::uint32_t>(std::max(1.0, std::ceil(per_second)));
}

/// A trusted proxy without a forwarded address asks for itself, mostly for a health check.
handlers::address_limiter::predicate is_own_proxy(const options& opts) {
  return [&opts](const boost::asio::ip::address& who) { return is_trusted(who, opts.trusted_proxies); };
}

/// Accounts get tokens even if no secret for tokens is configured. They are signed with a secret that only
/// servers with this key file have. It is derived from the index key, which never changes.
std::string derive_jwt_secret(const store::key_ring& ring) {
  const store::bytes32 secret =
      store::hmac_sha256(ring.index_key())({store::as_bytes("invited staff tokens")});
  return std::string(store::as_text(secret));
}

std::shared_ptr<const handlers::staff_keys> make_staff_keys(const secrets& material,
                                                            const store::key_ring& ring) {
  auto keys = std::make_shared<handlers::staff_keys>();
  const auto require = [](const handlers::staff_keys::added& added, const std::string& where) {
    if (!added) throw std::runtime_error(where + ": " + added.error());
  };
  std::string secret = material.jwt_secret.empty() ? derive_jwt_secret(ring) : material.jwt_secret;
  require(keys->add_secret(secret), "--jwt-secret-file");
  OPENSSL_cleanse(secret.data(), secret.size());
  for (const secrets::public_key& key : material.jwt_public_keys) {
    require(keys->add_public_key(key.path, key.pem), key.path);
  }
  return keys;
}

boost::asio::ip::tcp::endpoint resolve(const endpoint& e, boost::asio::io_context& io) {
  boost::asio::ip::tcp::resolver resolver(io);
  boost::system::error_code ec;
  const auto found = resolver.resolve(e.host, std::to_string(e.port), ec);
  if (ec || found.empty()) throw std::runtime_error("cannot listen on " + to_string(e) + ": " + ec.message());
  return found.begin()->endpoint();
}

std::int64_t system_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::optional<audit_file> open_audit(const options& opts, const store::key_ring& keys) {
  if (opts.audit_file.empty()) return {};
  return audit_file(opts.audit_file, audit_file_key(keys), system_ms);
}

/// SO_REUSEPORT lets our cores share a port, but would also let a second server share it, and patients would
/// reach either. So the port must be free before the first core takes it.
void require_free(const boost::asio::ip::tcp::endpoint& at, const endpoint& wanted,
                  boost::asio::io_context& io) {
  boost::system::error_code ec;
  boost::asio::ip::tcp::acceptor probe(io);
  probe.open(at.protocol(), ec);
  if (!ec) probe.set_option(boost::asio::socket_base::reuse_address(true), ec);
  if (!ec) probe.bind(at, ec);
  if (ec) throw std::runtime_error("cannot listen on " + to_string(wanted) + ": " + ec.message());
}

} // namespace

app::app(configuration given, log_sink& log)
    : options_(std::move(given.values)),
      sink_(log),
      log_(log, options_.log_level, [] { return std::chrono::system_clock::now(); }) {
  const std::uint64_t descriptors = raise_descriptor_limit();
  const std::uint32_t connections =
      fitting_connections(options_.max_connections, given.asks_for_connections, descriptors);
  store::system_entropy random;
  const auto first_keys = make_key_ring(given.material.key_file, options_.key_file);
  shared_.reset(new shared_state{
      .options = options_,
      .log = sink_,
      .staff_keys = make_staff_keys(given.material, *first_keys),
      .first_keys = first_keys,
      .redis = make_redis_settings(options_, given.material),
      .patients = {options_.patient_rate, options_.patient_burst, random},
      .strangers = {options_.address_rate, burst_of(options_.address_rate), random, is_own_proxy(options_)},
      .failed_tokens = {failed_tokens_per_second, failed_tokens_burst, random},
      .staff = {options_.staff_rate, options_.staff_burst, random},
      .connections = {connections, options_.max_connections_per_address, random},
      .admin_connections = {admin_connections, admin_connections, random},
      .bodies = memory_budget(options_.max_body_memory),
      .ready = handlers::readiness(options_.threads),
      .started = std::chrono::system_clock::now(),
      .on_redis_judged = [this](bool fit) { judged(fit); },
  });
  for (std::uint32_t i = 0; i < options_.threads; ++i) cores_.push_back(std::make_unique<core>(*shared_));
  cores_.front()->sweep_expiries();
  cores_.front()->keep_audit(open_audit(options_, *shared_->first_keys));
  open_doors();
  if (connections < options_.max_connections) {
    log_.event(log_level::warning, "connections_lowered",
               {{"max_connections", connections},
                {"default", options_.max_connections},
                {"open_files", descriptors},
                {"detail", "the limit of open files (ulimit -n) is too low for the default"}});
  }
  for (const std::string& warning : given.warnings)
    log_.event(log_level::warning, "configuration", {{"detail", warning}});
}

app::~app() = default;

void app::open_doors() {
  boost::asio::ip::tcp::endpoint at = resolve(options_.listen, io_);
  require_free(at, options_.listen, io_);
  for (const auto& c : cores_) {
    port_ = c->listen(at);
    at.port(port_); // if 0 was asked for, the others share the port of the first one
  }
  if (!options_.admin_listen) return;
  const boost::asio::ip::tcp::endpoint admin_at = resolve(*options_.admin_listen, io_);
  require_free(admin_at, *options_.admin_listen, io_);
  admin_port_ = cores_.front()->listen_admin(admin_at);
}

int app::run() {
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) signals_.add(signal);
  wait_for_signal();
  std::vector<std::thread> threads;
  for (const auto& c : cores_) threads.emplace_back([&c] { c->run(); });
  log_.event(log_level::info, "listening",
             {{"port", port_},
              {"admin_port", admin_port_},
              {"threads", options_.threads},
              {"base_url", options_.base_url}});
  std::thread cores([&] {
    for (std::thread& t : threads) t.join();
    boost::asio::post(io_, [this] { io_.stop(); });
  });
  const auto keep_running = boost::asio::make_work_guard(io_);
  io_.run();
  cores.join();
  log_.event(log_level::info, "stopped", {{"status", status_.load()}});
  return status_;
}

void app::stop() {
  boost::asio::post(io_, [this] { shut_down(); });
}

void app::wait_for_signal() {
  signals_.async_wait([this](boost::system::error_code ec, int signal) {
    if (ec) return;
    if (signal == SIGHUP) {
      reload_keys();
    } else {
      shut_down();
    }
    wait_for_signal();
  });
}

void app::reload_keys() {
  try {
    auto text = read_secret_file(options_.key_file);
    if (!text) throw std::runtime_error(text.error().text());
    const auto keys = make_key_ring(*text, options_.key_file);
    OPENSSL_cleanse(text->data(), text->size());
    if (keys->index_key() != shared_->first_keys->index_key()) {
      throw std::runtime_error(options_.key_file + ": the index key must never change");
    }
    for (const auto& c : cores_) c->load_keys(keys);
    log_.event(log_level::info, "keys_loaded", {{"seal_keys", keys->seal_keys().size()}});
  } catch (const std::exception& e) { // the keys in use stay in use
    log_.event(log_level::error, "keys_not_loaded", {{"detail", e.what()}});
  }
}

void app::judged(bool fit) {
  if (judged_before_.exchange(true) || fit) return;
  status_ = 1; // wrong from the start: no server is better than one that breaks its promise
  stop();
}

void app::shut_down() {
  if (std::exchange(shutting_down_, true)) return;
  log_.event(log_level::info, "stopping");
  for (const auto& c : cores_) c->drain();
  cut_.expires_after(options_.shutdown_timeout);
  cut_.async_wait([this](boost::system::error_code ec) {
    if (ec) return;
    log_.event(log_level::warning, "shutdown_timeout");
    for (const auto& c : cores_) c->abort();
    give_up_later();
  });
}

/// A look-up of Redis's name cannot be interrupted, and may take longer than a shutdown may wait. All
/// connections are closed by now and all answers are sent.
void app::give_up_later() {
  cut_.expires_after(std::chrono::seconds(1));
  cut_.async_wait([this](boost::system::error_code ec) {
    if (ec) return;
    log_.event(log_level::warning, "stopped",
               {{"status", status_.load()}, {"detail", "did not wait for the rest"}});
    std::this_thread::sleep_for(std::chrono::milliseconds(50)); // the log's thread writes it
    std::_Exit(status_);
  });
}

} // namespace invited::server
