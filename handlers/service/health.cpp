#include "handlers/service/health.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/text/json_writer.hpp"

#include <vector>

namespace invited::handlers {
namespace {

/// `{"status":<status>}`, with the reasons if there are any.
response show(std::string_view status, const std::vector<std::string_view>& reasons) {
  response out{.content_type = "application/json"};
  json_writer to(out.body);
  to.open_object();
  to.member("status", status);
  if (!reasons.empty()) {
    to.name("reasons");
    to.open_array();
    for (const std::string_view reason : reasons) to.text(reason);
    to.close_array();
  }
  to.close_object();
  return out;
}

response show_ready(const readiness& all) {
  std::vector<std::string_view> reasons;
  if (all.audit_full) reasons.push_back("audit_full");
  if (all.out_of_memory) reasons.push_back("redis_out_of_memory");
  return show(reasons.empty() ? "ready" : "degraded", reasons);
}

} // namespace

task<response> healthz::handle(request&) {
  co_return show("ok", {});
}

readyz::readyz(store::redis::connection& redis, const readiness& all) : redis_(redis), all_(all) {}

task<response> readyz::handle(request& r) {
  const store::result<void> answered = co_await redis_.ping();
  const std::uint32_t connected = all_.connected;
  if (answered && connected == all_.cores) co_return show_ready(all_);
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
