#include "handlers/http/response.hpp"

#include <algorithm>
#include <iterator>

namespace invited::handlers {

namespace {

/// In vector code, because nearly every value is.
bool is_clean(std::string_view value) {
  unsigned char bad = 0;
  for (const char c : value) {
    bad = static_cast<unsigned char>(bad | static_cast<unsigned char>(c == '\r') |
                                     static_cast<unsigned char>(c == '\n') |
                                     static_cast<unsigned char>(c == '\0'));
  }
  return bad == 0;
}

} // namespace

void response::add(std::string_view name, std::string_view value) {
  fields += name;
  fields += ": ";
  if (is_clean(value)) {
    fields += value;
  } else {
    std::copy_if(value.begin(), value.end(), std::back_inserter(fields),
                 [](char c) { return c != '\r' && c != '\n' && c != '\0'; });
  }
  fields += "\r\n";
}

} // namespace invited::handlers
