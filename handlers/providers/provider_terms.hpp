#pragma once

#include "handlers/values/create_rules.hpp"
#include "store/invites/invites.hpp"
#include "store/providers/providers.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace invited::handlers {

/// The terms of a new invite.
struct create_terms {
  std::chrono::seconds ttl; ///< unless its creator asks for another
  store::rate limit;
};

/// The terms that are set for a provider, otherwise the server's defaults. One object a core.
class provider_terms {
public:
  using clock = store::providers::clock;

  /// `known` must outlive the object and is this core's. A ttl that was set under other rules is brought
  /// within the present ones.
  provider_terms(store::providers& known, create_terms usual, const create_rules& rules)
      : providers_(known), usual_(usual), ttl_min_(rules.ttl_min), ttl_max_(rules.ttl_max) {}

  /// The terms without asking Redis; nothing if Redis must be asked: then call find().
  std::optional<create_terms> known(std::string_view provider_id, clock::time_point now) const;

  /// The same, but asks Redis if it must. `provider_id` must live until the call is done.
  task<store::result<create_terms>> find(std::string_view provider_id, clock::time_point now);

private:
  create_terms of(const store::provider_settings& set) const;

  store::providers& providers_;
  create_terms usual_;
  std::chrono::seconds ttl_min_;
  std::chrono::seconds ttl_max_;
};

} // namespace invited::handlers
