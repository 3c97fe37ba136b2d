#pragma once

#include <cstdint>

namespace invited::server {

/// What a connection may be waiting for. Each phase has a total time: bytes that trickle in do not prolong
/// it.
enum class phase : std::uint8_t {
  header, ///< from the first byte of a request (or the accept) to the end of its head
  body,   ///< from there to the end of its content
  write,  ///< until the kernel has taken an answer
  idle,   ///< between two requests
  linger, ///< between the last answer and the client's end of the connection
  count_,
};

} // namespace invited::server
