#pragma once

#include "handlers/api.hpp"
#include "handlers/routing/front.hpp"
#include "tests/support/store_fixture.hpp"

#include <array>
#include <atomic>
#include <ctime>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace invited::test {

inline constexpr std::string_view call_base_url = "https://invite.example.org";

/// Buckets that never run out, unless a test makes them small.
struct call_limits {
  std::uint32_t patients = 1'000'000;
  std::uint32_t strangers = 1'000'000;
  std::uint32_t staff = 1'000'000;
  std::uint32_t forgeries = 1'000'000; ///< tokens that an address may forge
  store::rate provider{50, 1000};      ///< for making invites
  std::chrono::milliseconds redis_timeout{2000};
  std::vector<std::string> origins{}; ///< whose pages may read the answers
  std::string base_url{call_base_url};
};

/// All calls of one core, behind the front door and over a real Redis, without a socket: a request goes in,
/// and its answer comes out.
class call_fixture {
public:
  using fields = std::initializer_list<std::pair<handlers::field, std::string_view>>;

  explicit call_fixture(const call_limits& most = {})
      : side(redis, {}, store_side::real_today(), store::redis::durability::strict, most.redis_timeout),
        patients_(per_second, most.patients, side.random()),
        strangers_(per_second, most.strangers, side.random()),
        failures_(per_second, most.forgeries, side.random()),
        quota_(per_second, most.staff, side.random()),
        provider_(most.provider),
        origins_(most.origins),
        base_url_(most.base_url) {}

  /// A call that is under way. It owns what it was sent and is never moved, because the request points into
  /// it.
  class under_way {
  public:
    under_way(call_fixture& at, handlers::verb method, std::string_view path, std::string_view credentials,
              std::string_view body, fields more)
        : content_(body), // c_str() ends it with the NUL that a reader in place needs
          path_(path) {
      const std::string_view kept = path_;
      r_.method = method;
      r_.path = kept.substr(0, kept.find('?'));
      if (r_.path.size() < kept.size()) r_.query = kept.substr(r_.path.size() + 1);
      r_.body = {content_.data(), content_.size()};
      r_.client = boost::asio::ip::make_address(at.client);
      r_.request_id = "call-1";
      set(handlers::field::authorization, credentials);
      if (!body.empty()) set(handlers::field::content_type, "application/json");
      for (const auto& [f, value] : more) set(f, value);
      work_ = at.door.serve(r_);
      ended_ = work_.start([](void* flag) { *static_cast<bool*>(flag) = true; }, &ended_) || ended_;
    }
    under_way(const under_way&) = delete;
    under_way& operator=(const under_way&) = delete;

    bool ended() const { return ended_; }
    handlers::response take() { return work_.take(); } ///< once, after it has ended

  private:
    void set(handlers::field f, std::string_view value) {
      std::string& kept = values_[static_cast<std::size_t>(f)];
      kept = value;
      r_.fields[static_cast<std::size_t>(f)] = kept;
    }

    std::string content_, path_;
    std::array<std::string, static_cast<std::size_t>(handlers::field::count_)> values_{};
    handlers::request r_{};
    bool ended_ = false;
    task<handlers::response> work_{};
  };

  /// Begins a call, which runs as far as it can without waiting. `credentials` is the Authorization field.
  std::unique_ptr<under_way> begin(handlers::verb method, std::string_view path,
                                   std::string_view credentials = {}, std::string_view body = {},
                                   fields more = {}) {
    return std::make_unique<under_way>(*this, method, path, credentials, body, more);
  }

  /// Runs the loop until that call has ended. Others run meanwhile.
  handlers::response finish(under_way& one) {
    if (!run_until(side.io(), [&one] { return one.ended(); })) throw std::runtime_error("no answer");
    return one.take();
  }

  /// Runs one call to its end.
  handlers::response call(handlers::verb method, std::string_view path, std::string_view credentials = {},
                          std::string_view body = {}, fields more = {}) {
    return finish(*begin(method, path, credentials, body, more));
  }

  handlers::response get(std::string_view path, std::string_view credentials = {}, fields more = {}) {
    return call(handlers::verb::get, path, credentials, {}, more);
  }
  handlers::response post(std::string_view path, std::string_view credentials = {},
                          std::string_view body = {}, fields more = {}) {
    return call(handlers::verb::post, path, credentials, body, more);
  }

  /// The Authorization field of a caller who acts for clinic-1, or, as an admin, for all.
  static std::string bearer(std::string_view role = "clinician") {
    return role == "admin" ? bearer(role, {}) : bearer(role, {"clinic-1"});
  }
  static std::string bearer(std::string_view role, std::vector<std::string> providers,
                            std::string_view subject = "dr.grey") {
    return "Bearer " + staff_token(role, std::move(providers), subject);
  }

  /// For what a test changes without the calls.
  handlers::readiness& ready() { return ready_; }
  std::atomic<bool>& audit_is_full() { return full_; }

  redis_server redis{};
  store_side side;
  std::string fault{};                 ///< what a call threw, after its route
  std::string client = "198.51.100.7"; ///< the address that the next calls come from

private:
  static constexpr double per_second = 0.001; ///< so slow that nothing comes back within a test

  static std::int64_t now() { return std::time(nullptr); }

  static std::shared_ptr<const handlers::staff_keys> one_secret() {
    auto keys = std::make_shared<handlers::staff_keys>();
    keys->add_secret(test_jwt_secret);
    return keys;
  }

  handlers::api_settings settings() const {
    const handlers::create_rules rules{std::chrono::seconds(60), std::chrono::hours(24 * 90), "US", now};
    return {.create = {rules, {std::chrono::hours(24), provider_}},
            .links = {base_url_, base_url_ + "/assessment"},
            .session = std::chrono::hours(4),
            .tokens = {}};
  }

  handlers::address_limiter patients_, strangers_, failures_;
  handlers::staff_quota quota_;
  const store::rate provider_;
  const std::vector<std::string> origins_;
  const std::string base_url_;
  work_queue elsewhere_{8};
  worker image_worker_{side.io(), elsewhere_};
  handlers::session_tokens tokens_{side.seals(), std::string(call_base_url), now};
  store::audit_log audit_{side.connection(), side.lane(), side.seals()};
  std::atomic<bool> full_{false};
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
  handlers::front door{
      api_.public_routes(), handlers::cors(origins_), {&patients_, &strangers_, &api_.gate()}, on_fault_};
};

} // namespace invited::test
