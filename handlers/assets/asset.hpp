#pragma once

#include <span>
#include <string_view>

namespace invited::handlers::assets {

/// A file in the binary. Views of static storage.
struct asset {
  std::string_view media_type;
  std::string_view bytes;
  std::string_view etag; ///< of the bytes, quoted (RFC 9110 §8.8.3)
};

extern const asset openapi_document;

/// The page /docs, and the files that it needs. These are compressed (gzip); there are none where the server
/// was built without the viewer, and the page then says so.
struct docs_file {
  std::string_view name;
  asset packed;
};
extern const asset docs_page;
std::span<const docs_file> docs_files() noexcept;

/// What patients' pages carry within themselves: CSS, and the script of /assessment.
extern const std::string_view page_style;
extern const std::string_view assessment_script;

} // namespace invited::handlers::assets
