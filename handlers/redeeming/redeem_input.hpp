#pragma once

#include "handlers/http/problem.hpp"
#include "handlers/http/request.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

inline constexpr std::string_view redeem_cookie = "invited_redeem";

/// The input of a redeem call. It owns its strings, because it outlives the body's buffer in a replayed call.
struct redeem_input {
  std::string redeem_key; ///< empty: none was given, so the invite opens exactly once
  std::string answer;     ///< empty: none
  bool form = false;      ///< sent by a browser's form, so the answer is a redirect
};

/// Reads body (JSON, form or nothing), Idempotency-Key and cookie. The key comes from the body or from
/// Idempotency-Key; if both are there, they must agree. The cookie counts only if there is neither. A
/// malformed cookie counts as none, because the patient can do nothing about it. 400 `malformed_json`,
/// `malformed_form` or `invalid_idempotency_key`, 415, or 422 `invalid_content`.
result<redeem_input> read_redeem(const request& r);

} // namespace invited::handlers
