#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace invited::server {

/// One field line; the value without surrounding white space.
struct field_line {
  std::string_view name;
  std::string_view value;
};

/// A parsed head that is not judged yet. The views point into the parsed bytes, and `fields` into the parser.
struct request_head {
  std::string_view method;
  std::string_view target;
  unsigned minor = 1; ///< HTTP/1.minor
  std::span<const field_line> fields;
};

} // namespace invited::server
