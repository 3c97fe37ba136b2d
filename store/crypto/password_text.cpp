#include "store/crypto/password_text.hpp"

#include "store/crypto/bytes.hpp"
#include "store/crypto/secret_text.hpp"

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

namespace invited::store {
namespace {

bool is_plain_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

/// `typed` with every other kind of space replaced by U+0020. Nothing if there is a control character.
std::optional<std::string> map_spaces(bytes_view typed) {
  std::string out;
  out.reserve(typed.size()); // a space is never longer than the character that it replaces
  for (std::size_t at = 0; at < typed.size();) {
    ucs4_t c = 0;
    const int length = u8_mbtouc(&c, typed.data() + at, typed.size() - at);
    if (uc_is_general_category(c, UC_CONTROL)) {
      wipe(out);
      return std::nullopt;
    }
    if (uc_is_general_category(c, UC_SPACE_SEPARATOR))
      out += ' ';
    else
      out += as_text(typed.subspan(at, static_cast<std::size_t>(length)));
    at += static_cast<std::size_t>(length);
  }
  return out;
}

/// Takes the result of libunistring, and frees it.
std::string take(std::uint8_t* made, std::size_t size) {
  if (made == nullptr) throw std::runtime_error("a password could not be composed: out of memory");
  std::string out(as_text({made, size}));
  wipe({made, size});
  std::free(made); // by libunistring's contract
  return out;
}

} // namespace

std::optional<std::string> normal_password(std::string_view typed) {
  if (typed.empty()) return std::nullopt;
  if (is_plain_ascii(typed)) return std::string(typed);
  if (u8_check(as_bytes(typed).data(), typed.size()) != nullptr) return std::nullopt;
  std::optional<std::string> spaced = map_spaces(as_bytes(typed));
  if (!spaced) return std::nullopt;
  std::size_t size = 0;
  std::uint8_t* const made =
      u8_normalize(UNINORM_NFC, as_bytes(*spaced).data(), spaced->size(), nullptr, &size);
  wipe(*spaced);
  return take(made, size);
}

std::string folded_password(std::string_view normal) {
  std::size_t size = 0;
  std::uint8_t* const made =
      u8_casefold(as_bytes(normal).data(), normal.size(), nullptr, UNINORM_NFKC, nullptr, &size);
  return take(made, size);
}

} // namespace invited::store
