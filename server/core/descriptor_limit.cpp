#include "server/core/descriptor_limit.hpp"

#include <sys/resource.h>

#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

namespace invited::server {

std::uint64_t raise_descriptor_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::numeric_limits<std::uint64_t>::max();
  const rlim_t before = std::exchange(limit.rlim_cur, limit.rlim_max);
  return ::setrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_max : before;
}

std::uint32_t fitting_connections(std::uint32_t wanted, bool asked_for, std::uint64_t descriptors) {
  const std::uint64_t needed = wanted + other_descriptors;
  if (descriptors >= needed) return wanted;
  if (asked_for || descriptors <= other_descriptors) {
    throw std::runtime_error(
        "--max-connections " + std::to_string(wanted) + " needs " + std::to_string(needed) +
        " open files, and the limit is " + std::to_string(descriptors) +
        ": raise it (ulimit -n; LimitNOFILE= in a unit of systemd; --ulimit nofile= of a "
        "container), or allow fewer connections");
  }
  return static_cast<std::uint32_t>(descriptors - other_descriptors);
}

} // namespace invited::server
