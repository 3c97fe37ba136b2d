#pragma once

#include "handlers/auth/staff_cookie.hpp"
#include "handlers/http/endpoint.hpp"
#include "handlers/staff/device_cookie.hpp"
#include "handlers/staff/password_gate.hpp"
#include "handlers/tokens/staff_token.hpp"
#include "store/staff/sign_ins.hpp"

#include <chrono>
#include <string>

namespace invited::handlers {

/// POST /sign-in: takes user name and password, and sets a cookie for the pages, and another by which the
/// browser is recognised (device_cookie).
class sign_in final : public endpoint {
public:
  /// All references must outlive the object and are this core's.
  sign_in(password_gate& passwords, store::sign_ins& sign_ins, store::audit_log& audit,
          const staff_cookie& cookie, const device_cookie& devices)
      : passwords_(passwords), sign_ins_(sign_ins), audit_(audit), cookie_(cookie), devices_(devices) {}
  task<response> handle(request& r) override;

private:
  password_gate& passwords_;
  store::sign_ins& sign_ins_;
  store::audit_log& audit_;
  const staff_cookie& cookie_;
  const device_cookie& devices_;
};

/// POST /token: takes user name and password, and answers with a bearer token for programs. This is OAuth
/// 2.0's password grant, as in FastAPI. The token is a usual staff token that also names the account's epoch,
/// so it ends when the epoch changes.
class issue_token final : public endpoint {
public:
  /// `secret` signs HS256 tokens. `rules` are those that the verifier applies to them. All references and
  /// `secret` must outlive the object.
  issue_token(password_gate& passwords, store::audit_log& audit, const staff_cookie& cookie,
              std::string_view secret, staff_token_rules rules, system_seconds clock)
      : passwords_(passwords),
        audit_(audit),
        cookie_(cookie),
        secret_(secret),
        rules_(std::move(rules)),
        clock_(std::move(clock)) {}
  task<response> handle(request& r) override;

  static constexpr std::chrono::seconds lives = std::chrono::minutes(30); ///< it cannot be prolonged

private:
  password_gate& passwords_;
  store::audit_log& audit_;
  const staff_cookie& cookie_; ///< refuses other sites' pages
  std::string_view secret_;
  staff_token_rules rules_;
  system_seconds clock_;
};

} // namespace invited::handlers
