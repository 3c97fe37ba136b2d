#include "handlers/limits/rate_fields.hpp"

#include "handlers/text/number_text.hpp"
#include "handlers/text/short_text.hpp"

#include <algorithm>
#include <cmath>

namespace invited::handlers {
namespace {

std::int64_t whole_seconds(std::chrono::milliseconds wait) {
  return std::chrono::ceil<std::chrono::seconds>(wait).count();
}

} // namespace

void add_rate_fields(response& out, std::string_view name, const store::rate& policy,
                     const store::bucket& now) {
  short_text<80> text("\""); // the name, and two numbers of at most twenty characters
  text.append(name);
  text.append("\";q=");
  append_number(text, policy.burst);
  text.append(";w=");
  append_number(text, std::max<std::int64_t>(1, std::llround(std::ceil(policy.burst / policy.per_second))));
  out.add("RateLimit-Policy", text);
  text = "\"";
  text.append(name);
  text.append("\";r=");
  append_number(text, now.left);
  text.append(";t=");
  append_number(text, whole_seconds(now.full_in));
  out.add("RateLimit", text);
}

std::int64_t retry_seconds(std::chrono::milliseconds wait) {
  return std::max<std::int64_t>(1, whole_seconds(wait));
}

void add_retry_after(response& out, std::chrono::milliseconds wait) {
  out.add("Retry-After", std::to_string(retry_seconds(wait)));
}

} // namespace invited::handlers
