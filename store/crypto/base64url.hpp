#pragma once

#include "store/crypto/bytes.hpp"

#include <span>
#include <string>
#include <string_view>

// base64url without padding (RFC 4648 §5, RFC 7515 §2). Decoding takes exactly the one text that encoding
// makes: no padding, no white space, no other alphabet, unused bits zero. So no token has a second spelling.
namespace invited::store::base64url {

void append(std::string& out, bytes_view bytes);
std::string encode(bytes_view bytes);

/// Replaces `out`; false, with `out` unspecified, for anything that is not canonical.
bool decode(std::string_view text, std::string& out);

/// Fills `out` completely; false if `text` is not canonical or stands for another number of bytes. It is for
/// keys: it leaves nothing behind in freed memory.
bool decode_into(std::string_view text, std::span<std::uint8_t> out);

} // namespace invited::store::base64url
