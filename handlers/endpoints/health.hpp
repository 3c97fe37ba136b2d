#pragma once

#include "handlers/endpoint.hpp"
#include "store/redis/connection.hpp"

namespace invited::handlers {

/// GET /healthz: the process runs. Says nothing about Redis, so that an orchestrator does not restart what is
/// not broken.
class healthz final : public endpoint {
public:
  boost::asio::awaitable<response> handle(request& r) override;
};

/// GET /readyz: Redis answers and is configured as durability asks; else 503, naming what is wrong.
class readyz final : public endpoint {
public:
  /// `redis` outlives the object.
  explicit readyz(store::redis::connection& redis);
  boost::asio::awaitable<response> handle(request& r) override;

private:
  store::redis::connection& redis_;
};

} // namespace invited::handlers
