#pragma once

#include "handlers/http/endpoint.hpp"
#include "handlers/service/readiness.hpp"
#include "store/redis/connection.hpp"

namespace invited::handlers {

/// GET /healthz: the process runs. It says nothing about Redis, so that an orchestrator does not restart a
/// process that is not broken.
class healthz final : public endpoint {
public:
  task<response> handle(request& r) override;
};

/// GET /readyz: 200 if Redis answers on all cores and its configuration is durable as required; otherwise 503
/// that says what is wrong. If memory has run out or the audit is full, the answer is 200 `degraded` with the
/// reasons: patients are still served, and another server would not help, because all share that Redis.
class readyz final : public endpoint {
public:
  /// Both references must outlive the object. `redis` is this core's.
  readyz(store::redis::connection& redis, const readiness& all);
  task<response> handle(request& r) override;

private:
  store::redis::connection& redis_;
  const readiness& all_;
};

} // namespace invited::handlers
