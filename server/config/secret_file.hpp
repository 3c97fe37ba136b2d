#pragma once

#include "server/config/parsed.hpp"

#include <string>

// Files with secrets. One that its group or others may use in any way (mode & 077) is refused: who reads it
// can make staff tokens or open every record. No message holds a byte of the content.
namespace invited::server {

/// The file as it is.
parsed<std::string> read_secret_file(const std::string& path);

/// One line: a newline at the end, which editors and shells put there, is not part of the secret. Not empty.
parsed<std::string> read_secret_line(const std::string& path);

/// The same, at least 32 bytes long: what HS256 asks for (RFC 7518 §3.2).
parsed<std::string> read_jwt_secret(const std::string& path);

} // namespace invited::server
