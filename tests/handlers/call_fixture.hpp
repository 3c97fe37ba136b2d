#pragma once

#include "handlers/api.hpp"
#include "handlers/routing/front.hpp"
#include "tests/support/store_fixture.hpp"

#include <ctime>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace invited::test {

inline constexpr std::string_view call_base_url = "https://invite.example.org";

/// Buckets that never run out, unless a test wants them small.
struct call_limits {
  std::uint32_t patients = 1'000'000;
  std::uint32_t strangers = 1'000'000;
  std::uint32_t staff = 1'000'000;
};

/// All calls of one core, behind the front door and over a real Redis, without a socket: a request goes in,
/// its answer comes out.
class call_fixture {
public:
  using fields = std::initializer_list<std::pair<handlers::field, std::string_view>>;

  explicit call_fixture(const call_limits& most = {})
      : patients_(per_second, most.patients, side.random()),
        strangers_(per_second, most.strangers, side.random()),
        failures_(1000, 1'000'000, side.random()),
        quota_(per_second, most.staff, side.random()) {}

  /// Runs one call to its end. `credentials` is the Authorization field.
  handlers::response call(handlers::verb method, std::string_view path, std::string_view credentials = {},
                          std::string_view body = {}, fields more = {}) {
    std::string content(body); // c_str() ends it with the NUL that a reader in place asks for
    handlers::request r;
    r.method = method;
    r.path = path.substr(0, path.find('?'));
    if (r.path.size() < path.size()) r.query = path.substr(r.path.size() + 1);
    r.body = {content.data(), content.size()};
    r.client = boost::asio::ip::make_address("198.51.100.7");
    r.request_id = "call-1";
    const auto set = [&r](handlers::field f, std::string_view value) {
      r.fields[static_cast<std::size_t>(f)] = value;
    };
    set(handlers::field::authorization, credentials);
    if (!body.empty()) set(handlers::field::content_type, "application/json");
    for (const auto& [f, value] : more) set(f, value);
    return side.run(door.serve(r));
  }

  handlers::response get(std::string_view path, std::string_view credentials = {}, fields more = {}) {
    return call(handlers::verb::get, path, credentials, {}, more);
  }
  handlers::response post(std::string_view path, std::string_view credentials = {},
                          std::string_view body = {}, fields more = {}) {
    return call(handlers::verb::post, path, credentials, body, more);
  }

  /// The Authorization field of somebody who acts for clinic-1; an admin acts for all.
  static std::string bearer(std::string_view role = "clinician") {
    return "Bearer " + staff_token(role, role == "admin" ? std::vector<std::string>{}
                                                         : std::vector<std::string>{"clinic-1"});
  }

  redis_server redis{};
  store_side side{redis};
  std::string fault{}; ///< what a call threw, behind its route

private:
  static constexpr double per_second = 0.001; ///< what is taken does not come back within a test

  static std::int64_t now() { return std::time(nullptr); }

  static std::shared_ptr<const handlers::staff_keys> one_secret() {
    auto keys = std::make_shared<handlers::staff_keys>();
    keys->add_secret(test_jwt_secret);
    return keys;
  }

  static handlers::api_settings settings() {
    const handlers::create_rules rules{std::chrono::seconds(60), std::chrono::hours(24 * 90), "US", now};
    return {.create = {rules, {std::chrono::hours(24), {50, 1000}}},
            .links = {std::string(call_base_url), std::string(call_base_url) + "/assessment"},
            .session = std::chrono::hours(4),
            .tokens = {}};
  }

  handlers::address_limiter patients_, strangers_, failures_;
  handlers::staff_quota quota_;
  work_queue elsewhere_{8};
  worker image_worker_{side.io(), elsewhere_};
  handlers::session_tokens tokens_{side.seals(), std::string(call_base_url), now};
  store::audit_log audit_{side.connection(), side.lane(), side.seals()};
  const std::atomic<bool> full_{false};
  store::audit_digest digest_{audit_, full_};
  std::shared_ptr<const handlers::staff_keys> keys_ = one_secret();
  handlers::staff_verifier verifier_{keys_, {}, now};
  handlers::bulk_places bulks_{};
  handlers::readiness ready_{1};
  handlers::fault_observer on_fault_ = [this](std::string_view route, std::string_view what) {
    (fault = route).append(": ").append(what);
  };
  handlers::api api_{{.redis = side.connection(),
                      .lane = side.lane(),
                      .invites = side.invites(),
                      .audit = audit_,
                      .digest = digest_,
                      .seals = side.seals(),
                      .random = side.random(),
                      .tokens = tokens_,
                      .keys = *keys_,
                      .verifier = verifier_,
                      .failures = failures_,
                      .quota = quota_,
                      .bulks = bulks_,
                      .ready = ready_,
                      .loop = side.loop(),
                      .image_worker = image_worker_,
                      .password_worker = image_worker_},
                     now,
                     on_fault_,
                     settings()};

public:
  handlers::front door{api_.public_routes(),
                       handlers::cors({}),
                       {&patients_, &strangers_, &api_.gate()},
                       side.loop(),
                       on_fault_};
};

} // namespace invited::test
