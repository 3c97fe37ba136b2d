#pragma once

#include "server/config/parsed.hpp"

#include <string>

// Files with secrets. A file that its group or others may use in any way (mode & 077) is refused: whoever
// reads it can make staff tokens or open every record. No message holds a byte of the content.
namespace invited::server {

/// The whole file, unchanged.
parsed<std::string> read_secret_file(const std::string& path);

/// One line that is not empty, without blanks around it. A newline at the end is not part of the secret,
/// because editors and shells add one.
parsed<std::string> read_secret_line(const std::string& path);

/// The same, at least 32 bytes long, as HS256 requires (RFC 7518 §3.2).
parsed<std::string> read_jwt_secret(const std::string& path);

} // namespace invited::server
