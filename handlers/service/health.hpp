#pragma once

#include "handlers/http/endpoint.hpp"
#include "handlers/service/readiness.hpp"
#include "store/redis/connection.hpp"

namespace invited::handlers {

/// GET /healthz: the process runs. Says nothing about Redis, so that an orchestrator does not restart what is
/// not broken.
class healthz final : public endpoint {
public:
  task<response> handle(request& r) override;
};

/// GET /readyz: Redis answers, on all cores, and is configured as durability asks; else 503, naming what is
/// wrong. Where it does but memory has run out, or the audit is full, the answer is 200 `degraded`, with the
/// reasons: patients are served all the same, and all servers share that Redis, so none is better off without
/// this one.
class readyz final : public endpoint {
public:
  /// Both outlive the object; `redis` is this core's.
  readyz(store::redis::connection& redis, const readiness& all);
  task<response> handle(request& r) override;

private:
  store::redis::connection& redis_;
  const readiness& all_;
};

} // namespace invited::handlers
