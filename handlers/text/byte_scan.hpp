#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

// Looks for single bytes in texts, eight at a step. Every request has many short texts, and for these neither
// a look-up for each byte nor a call of memchr() is cheap.
namespace invited::handlers::byte_scan {

/// Eight bytes of a text, the first one lowest.
using word = std::uint64_t;

inline constexpr word every = 0x0101010101010101U; ///< multiplied by a byte: eight copies of it
inline constexpr word marks = every * 0x80;

/// Sets bit 7 of every byte of `w` that is below `bound`, which is at most 0x80. It may set other bits, too;
/// marked() clears them.
constexpr word below(word w, unsigned bound) {
  return w - every * bound;
}

/// The same for the bytes equal to `c`, an ASCII character.
constexpr word equal(word w, char c) {
  return below(w ^ every * static_cast<unsigned char>(c), 1);
}

/// The marks in the results of below() and equal() for `w`, joined by |. The lowest mark is right, and so is
/// whether there is one; higher bytes may be marked by mistake.
constexpr word marked(word w, word found) {
  return found & ~w & marks;
}

/// The index of the lowest mark. Precondition: there is one.
constexpr std::size_t lowest(word marked) {
  return static_cast<std::size_t>(std::countr_zero(marked)) / 8;
}

inline word load(const char* from) {
  static_assert(std::endian::native == std::endian::little);
  word w;
  std::memcpy(&w, from, sizeof w);
  return w;
}

/// How many bytes come before the first that `find` finds, or text.size(). `find` combines the functions
/// above, and must not find an 'x'.
template <class Find>
std::size_t run_length(std::string_view text, Find find) {
  std::size_t i = 0;
  for (; text.size() - i >= sizeof(word); i += sizeof(word)) {
    const word w = load(text.data() + i);
    if (const word found = marked(w, find(w))) return i + lowest(found);
  }
  if (i == text.size()) return i;
  word rest = every * 'x';
  if (text.size() >= sizeof(word)) { // the last eight bytes; some were looked at before, and had no match
    i = text.size() - sizeof(word);
    rest = load(text.data() + i);
  } else {
    std::memcpy(&rest, text.data(), text.size());
  }
  const word found = marked(rest, find(rest));
  return found == 0 ? text.size() : i + lowest(found);
}

} // namespace invited::handlers::byte_scan
