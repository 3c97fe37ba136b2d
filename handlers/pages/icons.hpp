#pragma once

#include <cstdint>
#include <string>

namespace invited::handlers {

/// The sign above a page's heading. It says nothing that the heading does not.
enum class icon : std::uint8_t { letter, tick, clock, lock, notice };

/// Appends it as SVG, hidden from screen readers.
void append_icon(std::string& out, icon sign);

} // namespace invited::handlers
