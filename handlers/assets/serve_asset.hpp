#pragma once

#include "handlers/assets/asset.hpp"
#include "handlers/http/request.hpp"
#include "handlers/http/response.hpp"

namespace invited::handlers {

/// Answers with a file, or with 304 where If-None-Match says that the caller has it (RFC 9110 §13.1.2). It
/// may be kept, but is asked for again each time: it changes with the binary.
response serve_asset(const assets::asset& file, const request& r);

/// Whether an If-None-Match field names `etag`, by the weak comparison.
bool names_etag(std::string_view if_none_match, std::string_view etag);

} // namespace invited::handlers
