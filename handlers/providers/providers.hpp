#pragma once

#include "handlers/auth/staff_endpoint.hpp"
#include "handlers/auth/staff_gate.hpp"
#include "handlers/values/create_rules.hpp"
#include "store/crypto/sealer.hpp"
#include "store/providers/providers.hpp"

namespace invited::handlers {

/// GET /providers: the providers of the caller with their settings, a page at a time. For an admin, all
/// providers that have made an invite or have settings.
class list_providers final : public staff_endpoint {
public:
  /// Here and below, both references must outlive the object and are this core's.
  list_providers(staff_gate& gate, store::providers& providers) : gate_(gate), providers_(providers) {}
  task<response> handle(request& r, const principal& who) override;

private:
  staff_gate& gate_;
  store::providers& providers_;
};

/// GET /providers/{provider_id}. An unknown provider has no settings, but may be given some.
class read_provider final : public staff_endpoint {
public:
  read_provider(staff_gate& gate, store::providers& providers) : gate_(gate), providers_(providers) {}
  task<response> handle(request& r, const principal& who) override;

private:
  staff_gate& gate_;
  store::providers& providers_;
};

/// PUT /providers/{provider_id}: an admin replaces all settings. With If-Match it replaces only the version
/// that the admin has seen.
class set_provider final : public staff_endpoint {
public:
  /// `seals` seals the actor, for the audit.
  set_provider(store::providers& providers, store::sealer& seals, create_rules rules)
      : providers_(providers), seals_(seals), rules_(std::move(rules)) {}
  task<response> handle(request& r, const principal& who) override;

private:
  store::providers& providers_;
  store::sealer& seals_;
  create_rules rules_;
};

} // namespace invited::handlers
