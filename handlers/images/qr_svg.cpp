#include "handlers/images/qr_code.hpp"

namespace invited::handlers {
namespace {

/// The dark modules of one row as boxes, one for each run of them.
void append_row(std::string& out, const qr_code& code, unsigned y) {
  unsigned x = 0;
  while (x < code.side()) {
    if (!code.dark(x, y)) {
      ++x;
      continue;
    }
    const unsigned from = x;
    while (x < code.side() && code.dark(x, y)) ++x;
    const std::string length = std::to_string(x - from);
    out += 'M';
    out += std::to_string(from + qr_code::quiet_zone);
    out += ' ';
    out += std::to_string(y + qr_code::quiet_zone);
    out += 'h';
    out += length;
    out += "v1h-";
    out += length;
    out += 'z';
  }
}

} // namespace

std::string draw_svg(const qr_code& code, unsigned scale) {
  const std::string side = std::to_string(code.full_side()),
                    pixels = std::to_string(code.full_side() * scale);
  std::string out;
  out.reserve(256 + std::size_t{code.side()} * code.side() * 5);
  out += R"(<svg xmlns="http://www.w3.org/2000/svg" width=")" + pixels + R"(" height=")" + pixels;
  out += R"(" viewBox="0 0 )" + side + ' ' + side + R"(" shape-rendering="crispEdges">)";
  out += R"(<rect width=")" + side + R"(" height=")" + side + R"(" fill="#fff"/><path fill="#000" d=")";
  for (unsigned y = 0; y < code.side(); ++y) append_row(out, code, y);
  out += R"("/></svg>)";
  return out;
}

} // namespace invited::handlers
