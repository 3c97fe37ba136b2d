#pragma once

#include "handlers/http/endpoint.hpp"
#include "handlers/routing/front.hpp"
#include "server/core/shared_state.hpp"
#include "store/crypto/sealer.hpp"

namespace invited::server {

/// GET /metrics, on the admin port: what this process has done, for Prometheus. It does not ask Redis, and
/// names no patient, provider or invite.
class metrics_endpoint final : public handlers::endpoint {
public:
  /// All arguments must outlive the object. `seals` is this core's; `door` is one with the public routes.
  metrics_endpoint(const shared_state& shared, const handlers::front& door, const store::sealer& seals)
      : shared_(shared), door_(door), seals_(seals) {}
  task<handlers::response> handle(handlers::request& r) override;

private:
  const shared_state& shared_;
  const handlers::front& door_;
  const store::sealer& seals_;
};

} // namespace invited::server
