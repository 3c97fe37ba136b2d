#include "handlers/http/path_segment.hpp"

#include "store/crypto/hex.hpp"

#include <cstdint>

namespace invited::handlers {

std::optional<std::string> decode_segment(std::string_view segment) {
  std::string out;
  out.reserve(segment.size());
  for (std::size_t i = 0; i < segment.size(); ++i) {
    std::uint8_t byte = static_cast<std::uint8_t>(segment[i]);
    if (byte == '%') {
      if (!store::from_hex(segment.substr(i + 1, 2), {&byte, 1})) return {};
      i += 2;
    }
    out += static_cast<char>(byte);
  }
  return out;
}

} // namespace invited::handlers
