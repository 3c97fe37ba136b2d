#include "store/base/unicode.hpp"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

namespace invited::store {

int decimal_value(char32_t c) {
  return uc_decimal_value(c);
}

std::string folded(std::string_view text) {
  struct freed {
    void operator()(std::uint8_t* made) const { std::free(made); } // by libunistring's contract
  };
  std::size_t size = 0;
  const std::unique_ptr<std::uint8_t, freed> made(u8_casefold(
      reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), nullptr, UNINORM_NFC, nullptr, &size));
  if (!made) throw std::runtime_error("a text could not be folded: out of memory");
  return {reinterpret_cast<const char*>(made.get()), size};
}

} // namespace invited::store
