#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/http/request.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

inline constexpr std::string_view redeem_cookie = "invited_redeem";

/// What a redeem call says. Owns its strings, since it outlives the body's buffer in a replayed call.
struct redeem_input {
  std::string redeem_key; ///< empty: none was given, exactly-once only
  std::string answer;     ///< empty: none
  bool form = false;      ///< sent by a browser's form: to be answered by a redirect
};

/// Reads body (JSON, form or nothing), Idempotency-Key and cookie. The key comes from the body or from
/// Idempotency-Key, which must agree when both are there; only without either does the cookie count, and a
/// malformed cookie is as none, because its owner can do nothing about it. 400 `malformed_json`,
/// `malformed_form` or `invalid_idempotency_key`, 415, or 422 `invalid_content`.
result<redeem_input> read_redeem(const request& r);

} // namespace invited::handlers
