#include "handlers/providers/provider_terms.hpp"

#include <algorithm>

namespace invited::handlers {

create_terms provider_terms::of(const store::provider_settings& set) const {
  create_terms terms = usual_;
  if (set.ttl) terms.ttl = std::clamp(*set.ttl, ttl_min_, ttl_max_);
  if (set.per_second) terms.limit.per_second = *set.per_second;
  if (set.burst) terms.limit.burst = *set.burst;
  return terms;
}

std::optional<create_terms> provider_terms::known(std::string_view provider_id, clock::time_point now) const {
  const store::settings_ptr settings = providers_.known(provider_id, now);
  if (!settings) return {};
  return of(settings->set);
}

task<store::result<create_terms>> provider_terms::find(std::string_view provider_id, clock::time_point now) {
  const store::result<store::settings_ptr> settings = co_await providers_.get(provider_id, now);
  if (!settings) co_return settings.error();
  co_return of((*settings)->set);
}

} // namespace invited::handlers
