#include "handlers/pages/icons.hpp"

#include "handlers/pages/files.hpp"
#include "handlers/pages/fill.hpp"

namespace invited::handlers {

html draw(icon sign) {
  switch (sign) {
  case icon::letter: return fill<files::signs, "letter">();
  case icon::tick: return fill<files::signs, "tick">();
  case icon::clock: return fill<files::signs, "clock">();
  case icon::lock: return fill<files::signs, "lock">();
  case icon::notice: break;
  }
  return fill<files::signs, "notice">();
}

} // namespace invited::handlers
