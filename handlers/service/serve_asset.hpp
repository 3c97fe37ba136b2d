#pragma once

#include "handlers/assets/asset.hpp"
#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"

#include <cstdint>
#include <string_view>

namespace invited::handlers {

/// How long a client may keep a file.
enum class keeping : std::uint8_t {
  ask_again, ///< it changes with the binary, so clients ask each time, with its tag
  forever,   ///< for good, because its name changes with its content (RFC 8246)
};

/// Answers with a file, or with 304 if If-None-Match says that the client has it (RFC 9110 §13.1.2).
response serve_asset(const assets::asset& file, const request& r, keeping how = keeping::ask_again);

/// Whether an If-None-Match field names `etag`, by the weak comparison.
bool names_etag(std::string_view if_none_match, std::string_view etag);

} // namespace invited::handlers
