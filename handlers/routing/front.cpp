#include "handlers/routing/front.hpp"

#include "handlers/answer.hpp"
#include "handlers/limits/rate_fields.hpp"

#include <exception>

namespace invited::handlers {

front::front(router routes, cors origins, address_limiter& patients, fault_observer on_fault)
    : routes_(std::move(routes)),
      origins_(std::move(origins)),
      patients_(patients),
      on_fault_(std::move(on_fault)) {}

std::size_t front::body_limit(verb method, std::string_view path) const {
  constexpr std::size_t unrouted_limit = 1024; // its answer is 404 or 405, whatever the body says
  const router::match m = routes_.find(method, path);
  return m.found ? m.found->body_limit : unrouted_limit;
}

boost::asio::awaitable<response> front::serve(request& r) {
  const router::match m = routes_.find(r.method, r.path);
  if (!m.found) {
    response out = unrouted(r);
    origins_.permit(r, out);
    co_return out;
  }
  r.param = m.param;
  response out = co_await dispatch(*m.found, r);
  out.route = m.found->pattern;
  origins_.permit(r, out);
  co_return out;
}

boost::asio::awaitable<response> front::dispatch(const route& to, request& r) {
  if (to.who == audience::patient) {
    if (const auto wait = patients_.admit(r.client, address_limiter::clock::now())) {
      const problem limited{
          .status = 429, .code = "rate_limited", .detail = "Too many requests from this address."};
      response out = answer_patient(limited, r);
      add_retry_after(out, std::chrono::ceil<std::chrono::milliseconds>(*wait));
      co_return out;
    }
  }
  try {
    co_return co_await to.handler->handle(r);
  } catch (const std::exception& e) {
    on_fault_(to.pattern, e.what());
  } catch (...) {
    on_fault_(to.pattern, "an exception of an unknown type");
  }
  const problem fault{
      .status = 500, .code = "internal_error", .detail = "Something went wrong here. It has been noted."};
  co_return to.who == audience::patient ? answer_patient(fault, r) : answer(fault, r);
}

response front::unrouted(const request& r) const {
  const std::string allow =
      r.path == "*" ? std::string("GET, HEAD, POST, PUT, DELETE, OPTIONS") : routes_.allow(r.path);
  if (allow.empty()) {
    return answer({.status = 404, .code = "not_found", .detail = "There is nothing at this path."}, r);
  }
  response out;
  if (r.method == verb::options) {
    out.status = 204;
    origins_.preflight(r, allow, out);
  } else {
    out = answer({.status = 405,
                  .code = "method_not_allowed",
                  .detail = "This path has other methods: " + allow + "."},
                 r);
  }
  out.add("Allow", allow);
  return out;
}

response front::refuse(const problem& p, std::string_view request_id) {
  return to_response(p, request_id);
}

} // namespace invited::handlers
