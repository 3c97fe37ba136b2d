#pragma once

#include "store/crypto/hex.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

/// Each target defines this. It takes any bytes, returns 0, and ends the process if something is wrong.
/// `data` is in a buffer of exactly `size` bytes, so that ASan sees every step beyond it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace invited::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// What must hold for every input. Ends the process if it does not, so that the input is kept.
inline void demand(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

/// Takes the text up to the first line end off `rest`. This is how an input has several parts.
inline std::string_view take_line(std::string_view& rest) {
  const std::string_view line = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(line.size() < rest.size() ? line.size() + 1 : line.size());
  return line;
}

/// Every byte percent-encoded, which is the longest spelling.
inline std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) store::append_hex(out += '%', store::as_bytes({&c, 1}));
  return out;
}

} // namespace invited::fuzz
