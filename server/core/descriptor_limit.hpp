#pragma once

#include <cstdint>

namespace invited::server {

/// File descriptors for other things than clients: Redis, doors, event loops, log, files, and clients that
/// are being turned away.
inline constexpr std::uint64_t other_descriptors = 256;

/// Raises the process's limit of descriptors to the highest allowed, and returns it.
std::uint64_t raise_descriptor_limit();

/// How many connections fit into so many descriptors: `wanted`, or fewer if the operator did not ask for that
/// number. Throws std::runtime_error with both figures if the number asked for does not fit, or if none fits.
std::uint32_t fitting_connections(std::uint32_t wanted, bool asked_for, std::uint64_t descriptors);

} // namespace invited::server
