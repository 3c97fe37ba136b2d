#pragma once

#include "handlers/http/problem.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace invited::handlers {

enum class body_type : std::uint8_t { none, json, form, other };

/// What a Content-Type field says (RFC 9110 §8.3): `application/json` or `application/x-www-form-urlencoded`,
/// with any parameters, but no charset other than UTF-8; `none` for an absent field. `+json` types are
/// `other`: they mean something else.
body_type read_content_type(std::string_view field);

/// 415 if the field is not JSON's. RFC 9110 §15.5.16 wants the answer to say what is accepted: the handler
/// adds the field `Accept` with accepted_json.
result<void> expect_json(std::string_view field);

/// 415 `unsupported_media_type`, with `accepted` in the detail.
problem unsupported_media_type(std::string_view accepted);

/// 415 if content comes in a coding (Content-Encoding, RFC 9110 §8.4): no call undoes one. The answer owes
/// the field Accept-Encoding with accepted_codings (§15.5.16).
result<void> expect_uncoded(std::string_view content_encoding);

inline constexpr std::string_view accepted_codings = "identity";
inline constexpr std::string_view accepted_json = "application/json";
inline constexpr std::string_view accepted_json_or_form =
    "application/json, application/x-www-form-urlencoded";

} // namespace invited::handlers
