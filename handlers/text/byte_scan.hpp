#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

// Looks for single bytes in texts, eight at a step: short texts, of which every request has many, are where
// neither a look-up a byte nor a call of memchr() is cheap.
namespace invited::handlers::byte_scan {

/// Eight bytes of a text, the first one lowest.
using word = std::uint64_t;

inline constexpr word every = 0x0101010101010101U; ///< times a byte: eight of it
inline constexpr word marks = every * 0x80;

/// Has bit 7 of every byte of `w` set that is below `bound`, which is at most 0x80; what else is set,
/// marked() takes away.
constexpr word below(word w, unsigned bound) {
  return w - every * bound;
}

/// The same for the bytes that are `c`, in ASCII.
constexpr word equal(word w, char c) {
  return below(w ^ every * static_cast<unsigned char>(c), 1);
}

/// Of what below() and equal() found in `w`, joined by |, the bits that say so. Right for the lowest and for
/// whether there is one; above that, bytes may be marked by mistake.
constexpr word marked(word w, word found) {
  return found & ~w & marks;
}

/// The place of the lowest mark, of which there is one.
constexpr std::size_t lowest(word marked) {
  return static_cast<std::size_t>(std::countr_zero(marked)) / 8;
}

inline word load(const char* from) {
  static_assert(std::endian::native == std::endian::little);
  word w;
  std::memcpy(&w, from, sizeof w);
  return w;
}

/// How many bytes lead up to the first that `find`, a sum of the above, finds in a word, or text.size(). It
/// must not find an 'x'.
template <class Find>
std::size_t run_length(std::string_view text, Find find) {
  std::size_t i = 0;
  for (; text.size() - i >= sizeof(word); i += sizeof(word)) {
    const word w = load(text.data() + i);
    if (const word found = marked(w, find(w))) return i + lowest(found);
  }
  if (i == text.size()) return i;
  word rest = every * 'x';
  if (text.size() >= sizeof(word)) { // again the last eight: what was looked at already was not found
    i = text.size() - sizeof(word);
    rest = load(text.data() + i);
  } else {
    std::memcpy(&rest, text.data(), text.size());
  }
  const word found = marked(rest, find(rest));
  return found == 0 ? text.size() : i + lowest(found);
}

} // namespace invited::handlers::byte_scan
