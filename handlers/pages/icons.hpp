#pragma once

#include "handlers/pages/html.hpp"

#include <cstdint>

namespace invited::handlers {

/// The sign above a page's heading. It says nothing that the heading does not.
enum class icon : std::uint8_t { letter, tick, clock, lock, notice };

/// As SVG, hidden from screen readers.
html draw(icon sign);

} // namespace invited::handlers
