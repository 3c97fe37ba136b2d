#pragma once

#include "store/audit/audit_log.hpp"
#include "store/staff/accounts.hpp"
#include "store/staff/sign_in_throttle.hpp"
#include "store/staff/sign_ins.hpp"
#include "tests/support/moved_clock.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {

/// What one core has for staff.
struct staff_side : store_side {
  explicit staff_side(const redis_server& redis) : store_side(redis) {}

  store::system_entropy random;
  store::accounts accounts{connection(), seals()};
  store::sign_ins sign_ins{connection(), accounts, seals(), random};
  store::sign_in_throttle throttle{connection(), seals()};
  store::audit_log audit{connection(), lane(), seals()};

  void add(const store::account& a) {
    BOOST_REQUIRE((run(accounts.write(a, {})).value() == store::account_write::done));
  }

  std::optional<store::account> find(std::string_view username) {
    auto found = run(accounts.find(username)).value();
    if (!found) return {};
    return std::move(found->is);
  }

  void change(std::string_view username, std::function<void(store::account&)> act) {
    BOOST_REQUIRE(run(accounts.change(username, std::move(act))).value().has_value());
  }

  std::optional<store::open_sign_in> open(std::string_view token) {
    return run(sign_ins.find(token)).value();
  }
};

inline store::account an_account(std::string_view username = "Grey@clinic.example") {
  return {.username = std::string(username),
          .name = "Meredith Grey",
          .role = "clinician",
          .providers = {"clinic-1"},
          .epoch = 7};
}

} // namespace invited::test
