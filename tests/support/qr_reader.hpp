#pragma once

#include <string>
#include <string_view>

namespace invited::test {

/// What a camera would read in an image, by zbarimg: the text of its one QR code. An SVG is drawn first, by
/// rsvg-convert. Empty where there is none.
std::string read_qr_png(std::string_view png);
std::string read_qr_svg(std::string_view svg);

} // namespace invited::test
