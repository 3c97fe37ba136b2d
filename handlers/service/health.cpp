#include "handlers/service/health.hpp"

#include "handlers/answers/answer.hpp"

namespace invited::handlers {
namespace {

std::string status_text(const readiness& all) {
  std::string reasons;
  const auto add = [&reasons](bool holds, std::string_view reason) {
    if (!holds) return;
    reasons += reasons.empty() ? "\"" : ",\"";
    (reasons += reason) += '"';
  };
  add(all.audit_full, "audit_full");
  add(all.out_of_memory, "redis_out_of_memory");
  if (reasons.empty()) return R"({"status":"ready"})";
  return R"({"status":"degraded","reasons":[)" + reasons + "]}";
}

} // namespace

task<response> healthz::handle(request&) {
  co_return response{.content_type = "application/json", .body = R"({"status":"ok"})"};
}

readyz::readyz(store::redis::connection& redis, const readiness& all) : redis_(redis), all_(all) {}

task<response> readyz::handle(request& r) {
  const store::result<void> answered = co_await redis_.ping();
  const std::uint32_t connected = all_.connected;
  if (answered && connected == all_.cores) {
    response out{.content_type = "application/json", .body = status_text(all_)};
    co_return out;
  }
  problem p{.status = 503, .code = "store_unavailable", .detail = std::string(redis_.why_not_ready())};
  if (answered) {
    p.detail =
        std::to_string(connected) + " of " + std::to_string(all_.cores) + " cores are connected to Redis.";
  } else if (p.detail.empty()) {
    p.detail = "Redis does not answer.";
  }
  co_return answer(p, r);
}

} // namespace invited::handlers
