#pragma once

#include "store/async/task.hpp"
#include "store/redis/connection.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace invited::store::redis {

/// How much memory Redis uses and may use, in bytes, counted as Redis itself counts when it judges whether a
/// write still fits.
struct memory_use {
  std::uint64_t used = 0;  ///< without its buffers for the append-only file and for replicas
  std::uint64_t limit = 0; ///< `maxmemory`; 0: none

  bool is_out() const { return limit != 0 && used > limit; }
};

/// Reads the section `memory` of an INFO text; nothing if it does not say.
std::optional<memory_use> read_memory_use(std::string_view info);

/// Asks Redis. Errors: as of execute(), and errc::unexpected if it does not say.
task<result<memory_use>> ask_memory_use(connection& redis);

} // namespace invited::store::redis
