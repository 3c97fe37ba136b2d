#pragma once

#include "handlers/http/problem.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace invited::handlers {

enum class body_type : std::uint8_t { none, json, form, other };

/// What a Content-Type field says (RFC 9110 §8.3): `application/json` or `application/x-www-form-urlencoded`,
/// with no parameter but `charset=utf-8`; `none` for an absent field. `+json` types are `other`: they mean
/// something else.
body_type read_content_type(std::string_view field);

/// 415 if the field is not JSON's. RFC 9110 §15.5.16 wants the answer to say what is accepted: the handler
/// adds the field `Accept` with accepted_json.
result<void> expect_json(std::string_view field);

/// 415 `unsupported_media_type`, with `accepted` in the detail.
problem unsupported_media_type(std::string_view accepted);

inline constexpr std::string_view accepted_json = "application/json";
inline constexpr std::string_view accepted_json_or_form =
    "application/json, application/x-www-form-urlencoded";

} // namespace invited::handlers
