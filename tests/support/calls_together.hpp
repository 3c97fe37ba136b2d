#pragma once

#include "store/redis/connection_settings.hpp"

#include <cstddef>
#include <cstdlib>
#include <string>

namespace invited::test {

/// How many calls of a turn may leave as one script call: what INVITED_TEST_BATCH says, or as many as the
/// server sends. A test may set it before it makes a store_side or a test_server.
inline std::size_t calls_together = [] {
  const char* const wanted = std::getenv("INVITED_TEST_BATCH");
  return wanted == nullptr ? store::redis::largest_batch : std::stoul(wanted);
}();

} // namespace invited::test
