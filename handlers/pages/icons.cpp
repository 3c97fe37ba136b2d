#include "handlers/pages/icons.hpp"

#include <string_view>

namespace invited::handlers {
namespace {

/// What is drawn within the circle, on 48 by 48.
std::string_view path_of(icon sign) {
  switch (sign) {
  case icon::letter: return "M12 16h24v17H12zM12 17l12 9 12-9";
  case icon::tick: return "M14 25l7 7 14-15";
  case icon::clock: return "M24 11a13 13 0 1 0 .01 0zM24 16v8l6 4";
  case icon::lock: return "M14 22h20v13H14zM18 22v-5a6 6 0 0 1 12 0v5";
  case icon::notice: break;
  }
  return "M24 13v14M24 33v1.5";
}

} // namespace

void append_icon(std::string& out, icon sign) {
  // Its colours are the style's: the pages' policy forbids style attributes.
  out += "<svg class=\"sign\" viewBox=\"0 0 48 48\" width=\"56\" height=\"56\" aria-hidden=\"true\">"
         "<circle cx=\"24\" cy=\"24\" r=\"24\"/><path d=\"";
  out += path_of(sign);
  out += "\"/></svg>\n";
}

} // namespace invited::handlers
