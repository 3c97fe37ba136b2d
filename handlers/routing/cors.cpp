#include "handlers/routing/cors.hpp"

#include <algorithm>

namespace invited::handlers {

cors::cors(std::vector<std::string> origins) : origins_(std::move(origins)) {}

bool cors::knows(std::string_view origin) const {
  return !origin.empty() && std::find(origins_.begin(), origins_.end(), origin) != origins_.end();
}

void cors::permit(const request& r, response& out) const {
  permit(r[field::origin], out);
}

void cors::permit_unread(const request& r, response& out) const {
  const bool unknown = r[field::origin].empty() && origins_.size() == 1;
  permit(unknown ? std::string_view(origins_.front()) : r[field::origin], out);
}

void cors::permit(std::string_view origin, response& out) const {
  if (origins_.empty()) return;
  out.add("Vary", "Origin");
  if (!knows(origin)) return;
  out.add("Access-Control-Allow-Origin", origin);
  out.add("Access-Control-Expose-Headers",
          "ETag, Idempotent-Replayed, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id");
}

void cors::preflight(const request& r, std::string_view allow, response& out) const {
  if (!knows(r[field::origin]) || r[field::access_control_request_method].empty()) return;
  out.add("Access-Control-Allow-Methods", allow);
  out.add(
      "Access-Control-Allow-Headers",
      "Authorization, Content-Type, Idempotency-Key, If-Match, X-Request-Id, X-Requested-With, traceparent, "
      "tracestate, baggage");
  out.add("Access-Control-Max-Age", "600");
}

} // namespace invited::handlers
