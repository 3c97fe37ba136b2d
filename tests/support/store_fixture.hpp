#pragma once

#include "store/invites/invites.hpp"
#include "store/redis/permissions.hpp"
#include "store/scripts.hpp"
#include "tests/support/calls_together.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/test_server.hpp"
#include "tests/support/wait_until.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace invited::test {

/// Actors of tests, for the audit.
inline constexpr store::audit_actor a_clinician{"clinician", "dr.grey", "203.0.113.77"},
    a_patient{"patient", {}, "198.51.100.0/24"};
inline constexpr store::read_purpose a_look{store::read_purpose::kind::read, a_clinician},
    a_silent_look{store::read_purpose::kind::act, a_clinician};

/// Everything that one core has of the store, over a real Redis, run by hand on the test's thread.
class store_side : store::redis::connection_observer {
public:
  explicit store_side(const redis_server& redis, std::string_view key_file = {},
                      std::int64_t today = real_today(),
                      store::redis::durability wanted = store::redis::durability::strict,
                      std::chrono::milliseconds timeout = std::chrono::seconds(2))
      : keys_(parse(key_file.empty() ? test_key_file() : std::string(key_file))),
        connection_(io_.get_executor(), turn_, settings(redis, wanted, timeout), *this, random_),
        seals_(keys_, random_),
        invites_(connection_, lane(), seals_, random_, lives(), today) {
    connection_.start();
    if (!run_until(io_, [this] { return connection_.ready(); }))
      throw std::runtime_error("Redis is not ready");
  }

  ~store_side() override { connection_.stop(); }

  store::invites& invites() { return invites_; }
  store::redis::connection& connection() { return connection_; }
  store::reading_lane lane() { return {connection_, places_}; }
  store::sealer& seals() { return seals_; }
  store::entropy& random() { return random_; }
  boost::asio::io_context& io() { return io_; }
  turn& loop() { return turn_; }

  /// Runs what is ready, for tests in which several sides race on one thread.
  void poll() {
    io_.restart();
    io_.poll();
  }

  /// Runs a task to its end and returns its result.
  template <class T>
  T run(task<T> work) {
    bool ended = false;
    const auto note = [](void* flag) { *static_cast<bool*>(flag) = true; };
    bool at_once = false;
    {
      const turn::scope now(turn_); // as a request comes
      at_once = work.start(note, &ended);
    }
    if (!at_once && !run_until(io_, [&ended] { return ended; })) throw std::runtime_error("no end of it");
    return work.take();
  }

  store::create_outcome create(const store::new_invite& wanted) {
    return run(invites_.create(wanted)).value();
  }

  store::redeem_outcome redeem(const store::invite_id& id, std::string_view key = {}) {
    const store::invite_ref ref = store::ref_of(id);
    return run(invites_.redeem(ref, key, nullptr, a_patient)).value();
  }

  static store::lifetimes lives() {
    return {std::chrono::hours(24 * 90), std::chrono::hours(24 * 30), std::chrono::hours(4)};
  }

  static std::int64_t real_today() {
    return std::chrono::duration_cast<std::chrono::hours>(std::chrono::system_clock::now().time_since_epoch())
               .count() /
           24;
  }

private:
  static std::shared_ptr<const store::key_ring> parse(const std::string& text) {
    std::vector<std::string> problems;
    auto ring = store::key_ring::parse(text, problems);
    if (!ring) throw std::runtime_error("the test's key file: " + problems.front());
    return ring;
  }

  static store::redis::connection_settings
  settings(const redis_server& redis, store::redis::durability wanted, std::chrono::milliseconds timeout) {
    store::redis::connection_settings s;
    s.timeout = timeout;
    s.target = store::redis::parse_url(redis.url()).value();
    s.wanted = wanted;
    s.batch = calls_together;
    s.scripts = store::scripts::all();
    s.needs = store::needed_commands();
    return s;
  }

  void connected(const store::redis::durability_report&) override {}
  void lost(boost::system::error_code, std::string_view) override {}
  void unfit(const store::redis::durability_report&) override {}

  boost::asio::io_context io_{1};
  turn turn_{io_};
  store::system_entropy random_;
  std::shared_ptr<const store::key_ring> keys_;
  store::redis::connection connection_;
  gate places_{2, 100, std::chrono::minutes(1)};
  store::sealer seals_;
  store::invites invites_;
};

/// A usual invite; a test changes what it is about.
inline store::new_invite some_invite(std::string_view provider = "clinic-1") {
  store::new_invite wanted{};
  wanted.provider_id = provider;
  wanted.actor = a_clinician;
  wanted.email = "Ada.Lovelace@example.org";
  wanted.first_name = "Ada";
  wanted.last_name = "Lovelace";
  wanted.phone = "+14155550123";
  wanted.locale = "es";
  wanted.ttl = std::chrono::hours(24 * 14);
  wanted.limit = {50, 1000};
  return wanted;
}

} // namespace invited::test
