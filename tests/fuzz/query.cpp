#include "handlers/managing/list_input.hpp"
#include "handlers/providers/provider_input.hpp"
#include "handlers/reporting/analytics_input.hpp"
#include "handlers/reporting/audit_input.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <string>

using namespace invited;
using namespace invited::handlers;
using namespace invited::fuzz;

namespace {

const principal who{.issuer = {}, .subject = "s", .name = {}, .role = role::clinician, .providers = {"p1"}};

} // namespace

/// The query strings of the lists. An accepted cursor is spelled as we would spell it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  list_input invites;
  if (read_list(text, who, invites).has_value()) {
    demand(invites.query.limit >= 1 && invites.query.limit <= 200, "a page has its limits");
    demand(!invites.query.provider_id.empty(), "a list is of a provider");
    if (invites.query.before) {
      list_input again;
      const std::string cursor = cursor_text(*invites.query.before);
      demand(read_list("cursor=" + cursor, who, again).has_value(), "our cursors are good");
      demand(again.query.before == invites.query.before, "a cursor keeps its place");
    }
  }
  audit_input events;
  if (read_audit_query(text, who, events).has_value()) {
    demand(events.query.from >= 0, "the audit begins with 1970");
    audit_input again;
    const std::string cursor = cursor_text(events.query.before);
    demand(read_audit_query("cursor=" + cursor, who, again).has_value(), "our cursors are good");
    demand(again.query.before.events == events.query.before.events, "a cursor keeps its place");
    demand(again.query.before.creations == events.query.before.creations, "a cursor keeps both its places");
  }
  analytics_input numbers;
  if (read_analytics(text, who, 20'000, numbers).has_value()) {
    demand(!numbers.providers.empty() && numbers.providers.size() <= most_counted_providers,
           "providers count");
    demand(numbers.range.length() >= 0 && numbers.range.length() <= most_counted_days, "days count");
  }
  if (const auto providers = read_provider_list(text); providers && !providers->after.empty()) {
    const auto again = read_provider_list("cursor=" + provider_cursor(providers->after));
    demand(again && again->after == providers->after, "a cursor is good and keeps its place");
  }
  return 0;
}
