#include "handlers/limits/rate_fields.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace invited::handlers {
namespace {

std::int64_t whole_seconds(std::chrono::milliseconds wait) {
  return std::chrono::ceil<std::chrono::seconds>(wait).count();
}

} // namespace

void add_rate_fields(response& out, const store::rate& policy, const store::bucket& now) {
  std::string text = "\"create\";q=";
  text += std::to_string(policy.burst);
  text += ";w=";
  text +=
      std::to_string(std::max<std::int64_t>(1, std::llround(std::ceil(policy.burst / policy.per_second))));
  out.add("RateLimit-Policy", text);
  text.assign("\"create\";r=");
  text += std::to_string(now.left);
  text += ";t=";
  text += std::to_string(whole_seconds(now.full_in));
  out.add("RateLimit", text);
}

std::int64_t retry_seconds(std::chrono::milliseconds wait) {
  return std::max<std::int64_t>(1, whole_seconds(wait));
}

void add_retry_after(response& out, std::chrono::milliseconds wait) {
  out.add("Retry-After", std::to_string(retry_seconds(wait)));
}

} // namespace invited::handlers
