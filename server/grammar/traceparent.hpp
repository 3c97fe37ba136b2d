#pragma once

#include <optional>
#include <string_view>

namespace invited::server {

/// The trace that a caller's request belongs to. Views into the field.
struct trace_parent {
  std::string_view trace_id; ///< 32 hex digits in lower case
  std::string_view span_id;  ///< 16: the caller's own step
};

/// Reads a `traceparent` field (W3C Trace Context §3.2). Nothing if it breaks its grammar, is all zeros, or
/// came several times: then the request begins a trace of its own. Of a version that is still to come only
/// what version 00 has is read.
std::optional<trace_parent> read_traceparent(std::string_view field);

} // namespace invited::server
