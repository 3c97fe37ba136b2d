// A whole call without sockets and without Redis: routing, token, limits, body, sealing, the store's
// arguments. It ends there, because no Redis is connected: the answer is 503. This measures everything that a
// core does before it waits.
#include "handlers/api.hpp"
#include "handlers/routing/front.hpp"

#include <benchmark/benchmark.h>

#include <memory>

namespace invited::handlers {
namespace {

constexpr std::int64_t now = 1'800'000'000;
constexpr std::string_view secret = "a secret of at least thirty-two bytes";

class nobody final : public store::redis::connection_observer {
public:
  void connected(const store::redis::durability_report&) override {}
  void lost(boost::system::error_code, std::string_view) override {}
  void unfit(const store::redis::durability_report&) override {}
};

std::shared_ptr<const store::key_ring> new_keys(store::entropy& random) {
  std::vector<std::string> problems;
  return store::key_ring::parse(store::new_seal_line(random) + store::new_index_line(random), problems);
}

std::shared_ptr<const staff_keys> one_secret() {
  auto keys = std::make_shared<staff_keys>();
  keys->add_secret(secret);
  return keys;
}

api_settings settings() {
  const create_rules rules{std::chrono::seconds(60), std::chrono::hours(24 * 90), "US", [] { return now; }};
  return {.create = {rules, {std::chrono::hours(24), {1e6, 1'000'000}}},
          .links = {"http://localhost:4321", "http://localhost:4321/assessment"},
          .session = std::chrono::hours(4),
          .tokens = {}};
}

/// One core without listener and sessions.
struct core {
  boost::asio::io_context io{1};
  turn loop{io};
  work_queue elsewhere{1};
  worker image_worker{io, elsewhere}, password_worker{io, elsewhere};
  store::system_entropy random;
  nobody watch;
  store::redis::connection redis{io.get_executor(), loop, {}, watch, random};
  gate places{1, 0, std::chrono::seconds(1)};
  store::reading_lane lane{redis, places};
  store::sealer seals{new_keys(random), random};
  session_tokens tokens{seals, "http://localhost:4321", [] { return now; }};
  store::invites invites{redis,
                         lane,
                         seals,
                         random,
                         {std::chrono::hours(24 * 90), std::chrono::hours(24 * 30), std::chrono::hours(4)},
                         now / 86400};
  store::audit_log audit{redis, lane, seals};
  const std::atomic<bool> full{false};
  store::audit_digest digest{audit, full};
  std::shared_ptr<const staff_keys> keys = one_secret();
  staff_verifier verifier{keys, {}, [] { return now; }};
  address_limiter patients{1e6, 1'000'000, random}, failures{1e6, 1'000'000, random};
  staff_quota quota{1e6, 1'000'000, random};
  bulk_places bulks;
  readiness ready{1};
  fault_observer on_fault = [](std::string_view, std::string_view) {};
  api calls{{.redis = redis,
             .lane = lane,
             .invites = invites,
             .audit = audit,
             .digest = digest,
             .seals = seals,
             .random = random,
             .tokens = tokens,
             .keys = *keys,
             .verifier = verifier,
             .failures = failures,
             .quota = quota,
             .bulks = bulks,
             .ready = ready,
             .loop = loop,
             .image_worker = image_worker,
             .password_worker = password_worker},
            [] { return now; },
            on_fault,
            settings()};
  front door{calls.public_routes(), cors({}), {&patients, nullptr, &calls.gate()}, on_fault};

  unsigned serve(request& r) {
    task<response> t = door.serve(r);
    if (!t.start([](void*) {}, nullptr)) return 0;
    return t.take().status;
  }
};

request post(std::string_view path, std::string& body) {
  request r;
  r.method = verb::post;
  r.path = path;
  r.client = boost::asio::ip::make_address("198.51.100.1");
  r.request_id = "micro-1";
  r.body = {body.data(), body.size()};
  r.fields[static_cast<std::size_t>(field::content_type)] = "application/json";
  return r;
}

void handler_create(benchmark::State& state) {
  core c;
  const std::string bearer = "Bearer " + mint_staff_token(secret, {.subject = "dr.grey",
                                                                   .role = "clinician",
                                                                   .providers = {"clinic-1"},
                                                                   .issuer = {},
                                                                   .audience = {},
                                                                   .issued_at = now,
                                                                   .expires_at = now + 3600});
  const std::string whole =
      R"({"email":"ada.lovelace@example.org","first_name":"Ada","last_name":"Lovelace",)"
      R"("phone":"+14155550123","provider_id":"clinic-1"})";
  std::string body;
  for (auto _ : state) {
    body = whole;
    request r = post("/generate_invite", body);
    r.fields[static_cast<std::size_t>(field::authorization)] = bearer;
    if (c.serve(r) != 503) state.SkipWithError("it did not come as far as the store");
  }
}
BENCHMARK(handler_create);

void handler_redeem(benchmark::State& state) {
  core c;
  const std::string path = "/invite/" + store::to_text(store::new_invite_id(7, c.random)) + "/redeem";
  std::string body;
  for (auto _ : state) {
    body = "{}";
    request r = post(path, body);
    if (c.serve(r) != 503) state.SkipWithError("it did not come as far as the store");
  }
}
BENCHMARK(handler_redeem);

void handler_refuses(benchmark::State& state) {
  core c;
  std::string body;
  for (auto _ : state) {
    body = "{}";
    request r = post("/generate_invite", body);
    if (c.serve(r) != 401) state.SkipWithError("it was let in without a token");
  }
}
BENCHMARK(handler_refuses);

} // namespace
} // namespace invited::handlers
