#pragma once

#include "store/crypto/bytes.hpp"

#include <span>
#include <string>
#include <string_view>

namespace invited::store {

/// Writes two lower-case digits a byte to `to`, which has the room; returns where they end.
char* write_hex(char* to, bytes_view bytes);

/// Appends them.
void append_hex(std::string& out, bytes_view bytes);
std::string to_hex(bytes_view bytes);

/// Fills `out` completely; digits in either case. False when `text` is not exactly that many digits.
bool from_hex(std::string_view text, std::span<std::uint8_t> out);

} // namespace invited::store
