#pragma once

#include "handlers/assets/asset.hpp"
#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"

#include <cstdint>
#include <span>

namespace invited::handlers {

/// How long a file is good for that somebody has kept.
enum class keeping : std::uint8_t {
  ask_again, ///< it changes with the binary: asked for each time, by its tag
  forever,   ///< its name changes with its content (RFC 8246)
};

/// Answers with a file, or with 304 where If-None-Match says that the caller has it (RFC 9110 §13.1.2).
response serve_asset(const assets::asset& file, const request& r, keeping how = keeping::ask_again);

/// Answers with the file that the route's parameter names: 404 where there is none, 406 for whoever takes no
/// gzip, which every browser does.
response serve_packed(std::span<const assets::packed_file> files, const request& r, keeping how);

/// Whether an If-None-Match field names `etag`, by the weak comparison.
bool names_etag(std::string_view if_none_match, std::string_view etag);

} // namespace invited::handlers
