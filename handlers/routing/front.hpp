#pragma once

#include "handlers/http/service.hpp"
#include "handlers/limits/address_limiter.hpp"
#include "handlers/routing/cors.hpp"
#include "handlers/routing/router.hpp"
#include "store/base/tally.hpp"

#include <exception>
#include <optional>
#include <span>
#include <string_view>

namespace invited::handlers {

/// The front door. It finds the route of a request and applies its line in the table of calls before an
/// endpoint sees the request: the limit per address, and who may make the call. It also answers 404, 405 and
/// OPTIONS, adds CORS, and has the last catch. One object a core.
class front final : public service {
public:
  /// What is checked before the calls. Everything here must outlive the object. All cores share the limits;
  /// the gate is this core's.
  struct guards {
    address_limiter* patients;  ///< null: no limit
    address_limiter* strangers; ///< the same
    staff_gate* staff;          ///< null only if the table has no staff calls
  };

  /// Throws std::logic_error if there is a staff call but no gate.
  front(router routes, cors origins, const guards& before, fault_observer on_fault);

  std::size_t body_limit(verb method, std::string_view path) const override;
  step<> admit_early(request& r) override;
  task<response> serve(request& r) override;
  std::size_t calls() const override { return routes_.all().size(); }
  response refuse(const problem& p, const request& r) override;

  std::span<const route> routes() const { return routes_.all(); }

  /// How many requests a limit per address refused. May be read on any thread.
  const store::tally& refused_patients() const { return refused_patients_; }
  const store::tally& refused_strangers() const { return refused_strangers_; }

private:
  step<> check_address(const route* to, const request& r);
  static step<> check_coding(const request& r);
  response fault(const route& at, const request& r, const std::exception_ptr& thrown) const;
  response unrouted(const request& r) const;
  void note_route(const route& at, response& out) const;

  router routes_;
  cors origins_;
  guards before_;
  fault_observer on_fault_;
  store::tally refused_patients_;
  store::tally refused_strangers_;
};

} // namespace invited::handlers
