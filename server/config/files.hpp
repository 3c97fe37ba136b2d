#pragma once

#include <boost/system/result.hpp>

#include <string>

#include <sys/types.h>

namespace invited::server {

struct file_contents {
  std::string text;
  mode_t mode = 0; ///< of the file that was read, not of the file that the path names a moment later
};

/// Reads a regular file of at most 1 MiB. Anything else is an error, so it never waits for a pipe that nobody
/// fills. Errors are errno's.
boost::system::result<file_contents> read_file_and_mode(const std::string& path);

/// The text only. It is a `file_reader`.
boost::system::result<std::string> read_file(const std::string& path);

} // namespace invited::server
