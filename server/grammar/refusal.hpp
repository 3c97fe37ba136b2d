#pragma once

#include "handlers/http/problem.hpp"

#include <boost/system/result.hpp>

#include <cstdint>

namespace invited::server {

/// Why a request is refused before it is served: HTTP forbids it, or there is no room. Each refusal closes
/// the connection, because it is unknown where the next request would begin, and a guess would allow request
/// smuggling.
enum class refused : std::uint8_t {
  request_line,        ///< not `method SP request-target SP HTTP-version` (RFC 9112 §3)
  line_ending,         ///< a CR or LF that is not part of a CRLF (RFC 9112 §2.2)
  folded_line,         ///< obs-fold, or white space before the first field (RFC 9112 §5.2, §2.2)
  control_character,   ///< NUL and the like (RFC 9110 §5.5)
  field_line,          ///< no colon, no token before it, or white space between them (RFC 9112 §5.1)
  head_too_large,      ///< RFC 6585 §5
  target_too_long,     ///< RFC 9112 §3
  version,             ///< neither HTTP/1.0 nor HTTP/1.1 (RFC 9110 §15.6.6)
  method,              ///< a method that the server does not know (RFC 9110 §9.1)
  target,              ///< a request-target outside of the grammar (RFC 9112 §3.2)
  host,                ///< none, several, or not uri-host [":" port] (RFC 9112 §3.2)
  repeated_field,      ///< a field that may come only once came again (RFC 9110 §5.3)
  content_length,      ///< not one plain number (RFC 9112 §6.3 rule 5)
  length_and_chunked,  ///< Content-Length beside Transfer-Encoding (RFC 9112 §6.3 rule 3)
  not_chunked,         ///< Transfer-Encoding that does not end in chunked (RFC 9112 §6.3 rule 4)
  transfer_coding,     ///< a coding beside chunked (RFC 9112 §6.1)
  chunked_in_http_1_0, ///< Transfer-Encoding in HTTP/1.0 (RFC 9112 §6.1)
  connection,          ///< Connection is not a list of tokens (RFC 9110 §7.6.1)
  expectation,         ///< any but 100-continue (RFC 9110 §10.1.1)
  chunk,               ///< chunked content that breaks its grammar or limits (RFC 9112 §7.1)
  content_too_large,   ///< over the route's limit (RFC 9110 §15.5.14)
  incomplete,          ///< the client ended its side in the middle of a request (RFC 9112 §8)
  timeout,             ///< head or content did not come in time (RFC 9110 §15.5.9)
  no_memory,           ///< all memory for contents is taken
  fault,               ///< the service threw, which it must not
  count_,
};

template <class T>
using http_result = boost::system::result<T, refused>;

/// The answer for a refusal.
handlers::problem to_problem(refused r);

} // namespace invited::server
