#include "handlers/routing/cors.hpp"

#include <algorithm>

namespace invited::handlers {

cors::cors(std::vector<std::string> origins) : origins_(std::move(origins)) {}

bool cors::knows(std::string_view origin) const {
  return !origin.empty() && std::find(origins_.begin(), origins_.end(), origin) != origins_.end();
}

void cors::permit(const request& r, response& out) const {
  if (origins_.empty()) return;
  out.add("Vary", "Origin");
  if (!knows(r[field::origin])) return;
  out.add("Access-Control-Allow-Origin", r[field::origin]);
  out.add("Access-Control-Expose-Headers",
          "ETag, Idempotent-Replayed, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id");
}

void cors::preflight(const request& r, std::string_view allow, response& out) const {
  if (!knows(r[field::origin]) || r[field::access_control_request_method].empty()) return;
  out.add("Access-Control-Allow-Methods", allow);
  out.add("Access-Control-Allow-Headers",
          "Authorization, Content-Type, Idempotency-Key, If-Match, X-Request-Id");
  out.add("Access-Control-Max-Age", "600");
}

} // namespace invited::handlers
