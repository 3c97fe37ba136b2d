#include "handlers/endpoints/health.hpp"

#include "handlers/answer.hpp"

namespace invited::handlers {

boost::asio::awaitable<response> healthz::handle(request&) {
  co_return response{.content_type = "application/json", .body = R"({"status":"ok"})"};
}

readyz::readyz(store::redis::connection& redis) : redis_(redis) {}

boost::asio::awaitable<response> readyz::handle(request& r) {
  const store::result<void> answered = co_await redis_.ping();
  if (answered) co_return response{.content_type = "application/json", .body = R"({"status":"ready"})"};
  problem p{.status = 503, .code = "store_unavailable", .detail = std::string(redis_.why_not_ready())};
  if (p.detail.empty()) p.detail = "Redis does not answer.";
  co_return answer(p, r);
}

} // namespace invited::handlers
