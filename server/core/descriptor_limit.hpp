#pragma once

#include <cstdint>

namespace invited::server {

/// What else than clients needs file descriptors: Redis, doors, event loops, log, files, clients that are
/// just being turned away.
inline constexpr std::uint64_t other_descriptors = 256;

/// Lets the process have as many descriptors as it may, and returns how many that is.
std::uint64_t raise_descriptor_limit();

/// How many connections can be had with so many descriptors: `wanted`, or, where the operator did not ask for
/// them, as many as fit. Throws std::runtime_error with both figures where what was asked for does not fit,
/// and where nothing does.
std::uint32_t fitting_connections(std::uint32_t wanted, bool asked_for, std::uint64_t descriptors);

} // namespace invited::server
