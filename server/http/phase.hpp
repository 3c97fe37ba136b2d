#pragma once

#include <cstdint>

namespace invited::server {

/// What a connection may be waiting for. Each is a total: bytes that trickle in do not prolong it.
enum class phase : std::uint8_t {
  header, ///< from the first byte of a request (or the accept) to the end of its head
  body,   ///< from there to the end of its content
  write,  ///< until an answer is taken by the kernel
  idle,   ///< between two requests
  linger, ///< between the last answer and the client's end of the connection
  count_,
};

} // namespace invited::server
