#pragma once

#include <string_view>

namespace invited::handlers::assets {

/// A file in the binary. Views of static storage.
struct asset {
  std::string_view media_type;
  std::string_view bytes;
  std::string_view etag; ///< of the bytes, quoted (RFC 9110 §8.8.3)
};

extern const asset openapi_document;

} // namespace invited::handlers::assets
