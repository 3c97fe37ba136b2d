#include "handlers/routing/front.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/answers/require_no_fields.hpp"
#include "handlers/http/content_type.hpp"
#include "handlers/limits/rate_fields.hpp"

#include <exception>
#include <stdexcept>

namespace invited::handlers {

namespace {

bool may_call(audience who, role as) {
  switch (who) {
  case audience::anyone:
  case audience::patient:
  case audience::staff: return true;
  case audience::people: return as != role::portal;
  case audience::admin: return as == role::admin;
  }
  return false;
}

/// Judged here, so that no call without fields can ignore what its caller wished.
step<> check_fields(const route& to, const request& r) {
  if (to.body_limit != no_body || r.body.empty()) return {}; // what GET carries was dropped
  return require_no_fields(r, to.who == audience::patient);
}

} // namespace

front::front(router routes, cors origins, const guards& before, fault_observer on_fault)
    : routes_(std::move(routes)),
      origins_(std::move(origins)),
      before_(before),
      on_fault_(std::move(on_fault)) {
  for (const route& r : routes_.all()) {
    if (r.closed != nullptr && before_.staff == nullptr)
      throw std::logic_error("a staff call without a gate");
  }
}

std::size_t front::body_limit(verb method, std::string_view path) const {
  constexpr std::size_t unrouted_limit = 1024; // its answer is 404 or 405, with any body
  const router::match m = routes_.find(method, path);
  return m.found ? m.found->body_limit : unrouted_limit;
}

/// One coroutine for everything, because each coroutine is an allocation on every request.
task<response> front::serve(request& r) {
  const router::match m = routes_.find(r.method, r.path);
  response out;
  if (step<> checked = check_address(m.found, r); !checked) {
    out = std::move(checked).error();
  } else if (!m.found) {
    out = unrouted(r);
  } else if (step<> plain = check_coding(r); !r.body.empty() && !plain) {
    out = std::move(plain).error();
  } else {
    r.param = m.param;
    std::exception_ptr thrown;
    try {
      if (m.found->open != nullptr) {
        if (step<> good = check_fields(*m.found, r); !good)
          out = std::move(good).error();
        else
          out = co_await m.found->open->handle(r);
      } else {
        step<caller_ptr> who = co_await before_.staff->admit(r, m.found->costs);
        if (!who)
          out = std::move(who).error();
        else if (!may_call(m.found->who, (*who)->role))
          out = co_await before_.staff->refuse_role(**who, r);
        else if (step<> good = check_fields(*m.found, r); !good)
          out = std::move(good).error();
        else
          out = co_await m.found->closed->handle(r, **who);
      }
    } catch (...) {
      thrown = std::current_exception();
    }
    if (thrown) out = fault(*m.found, r, thrown);
  }
  if (m.found) note_route(*m.found, out);
  if (!r.set_cookie.empty()) out.add("Set-Cookie", r.set_cookie);
  origins_.permit(r, out);
  co_return out;
}

step<> front::admit_early(request& r) {
  const router::match m = routes_.find(r.method, r.path);
  if (!m.found || m.found->closed == nullptr) return {};
  r.param = m.param;
  response refused;
  try {
    step<> admitted = check_coding(r);
    if (admitted) {
      step<caller_ptr> who = before_.staff->admit_early(r);
      admitted = who ? m.found->closed->admit_early(r, **who) : step<>(std::move(who).error());
    }
    if (admitted) return {};
    refused = std::move(admitted).error();
  } catch (...) {
    refused = fault(*m.found, r, std::current_exception());
  }
  note_route(*m.found, refused);
  origins_.permit(r, refused);
  return refused;
}

void front::note_route(const route& at, response& out) const {
  out.route = at.pattern;
  out.call = routes_.line_of(at);
  out.patient = at.who == audience::patient;
}

step<> front::check_address(const route* to, const request& r) {
  if (to != nullptr && to->closed != nullptr && !r[field::authorization].empty()) return {};
  const bool patient = to != nullptr && to->limit == address_limit::patients;
  address_limiter* const limit = patient ? before_.patients : before_.strangers;
  if (limit == nullptr) return {};
  const auto wait = limit->admit(r.client, address_limiter::clock::now());
  if (!wait) return {};
  ++(patient ? refused_patients_ : refused_strangers_);
  const problem p{.status = 429, .code = "rate_limited", .detail = "Too many requests from this address."};
  response refused = answer(p, r);
  add_retry_after(refused, std::chrono::ceil<std::chrono::milliseconds>(*wait));
  return refused;
}

/// Judged here and not by each call, so that no call can take coded content for plain one.
step<> front::check_coding(const request& r) {
  if (r[field::content_encoding].empty()) return {};
  const result<void> plain = expect_uncoded(r[field::content_encoding]);
  if (plain) return {};
  response refused = answer(plain.error(), r);
  refused.add("Accept-Encoding", accepted_codings);
  return refused;
}

response front::fault(const route& at, const request& r, const std::exception_ptr& thrown) const {
  try {
    std::rethrow_exception(thrown);
  } catch (const std::exception& e) {
    on_fault_(at.pattern, e.what());
  } catch (...) {
    on_fault_(at.pattern, "an exception of an unknown type");
  }
  const problem p{
      .status = 500, .code = "internal_error", .detail = "Something went wrong here. It has been noted."};
  return answer(p, r);
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
                  .detail = "This path has only these methods: " + allow + "."},
                 r);
  }
  out.add("Allow", allow);
  return out;
}

response front::refuse(const problem& p, const request& r) {
  response out = answer(p, r);
  origins_.permit_unread(r, out);
  return out;
}

} // namespace invited::handlers
