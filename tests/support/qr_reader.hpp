#pragma once

#include <string>
#include <string_view>

namespace invited::test {

/// The text of the only QR code in an image, read by zbarimg as a camera would; empty if there is none. An
/// SVG is drawn first, by rsvg-convert.
std::string read_qr_png(std::string_view png);
std::string read_qr_svg(std::string_view svg);

} // namespace invited::test
