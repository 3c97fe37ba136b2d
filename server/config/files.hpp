#pragma once

#include <boost/system/result.hpp>

#include <string>

#include <sys/types.h>

namespace invited::server {

struct file_contents {
  std::string text;
  mode_t mode = 0; ///< of the very file that was read, not of what the path names a moment later
};

/// Reads a regular file of at most 1 MiB. Anything else, like a pipe that nobody fills, is an error and never
/// waited for. Errors are errno's.
boost::system::result<file_contents> read_file_and_mode(const std::string& path);

/// The text alone; a `file_reader`.
boost::system::result<std::string> read_file(const std::string& path);

} // namespace invited::server
