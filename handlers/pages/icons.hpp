#pragma once

#include "handlers/pages/html.hpp"

#include <cstdint>

namespace invited::handlers {

/// The sign above the heading of a page. It says nothing that the heading does not say.
enum class icon : std::uint8_t { letter, tick, clock, lock, notice };

/// An SVG, hidden from screen readers.
html draw(icon sign);

} // namespace invited::handlers
