#pragma once

#include <string>
#include <string_view>

namespace invited::handlers {

/// Undoes gzip (RFC 1952). For files of our own only: nothing bounds what comes out. Throws
/// std::runtime_error for anything that is not one whole gzip file.
std::string gunzip(std::string_view packed);

} // namespace invited::handlers
