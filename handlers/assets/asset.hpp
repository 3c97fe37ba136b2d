#pragma once

#include <span>
#include <string_view>

namespace invited::handlers::assets {

/// A file in the binary. Views of static storage.
struct asset {
  std::string_view media_type;
  std::string_view bytes;
  std::string_view etag; ///< quoted entity tag of the bytes (RFC 9110 §8.8.3)
};

extern const asset openapi_document;

/// A file that is kept compressed (gzip), by its name.
struct packed_file {
  std::string_view name;
  asset packed;
};

/// The page /docs, and the files that it needs. If the server was built without the viewer there are no
/// files, and the page says so.
extern const asset docs_page;
std::span<const packed_file> docs_files() noexcept;

/// The staff's pages and the files that they need. A file's name changes with its content. If the server was
/// built without npm there are no files, and each page says so.
extern const asset dashboard_page, new_invite_page, sign_in_page, password_page;
std::span<const packed_file> page_files() noexcept;

/// What patients' pages contain: CSS, and the script of /assessment.
extern const std::string_view page_style;
extern const std::string_view assessment_script;

/// Passwords that many people have: in small letters, each followed by a line end, sorted by their bytes.
/// Empty if the server was built without npm.
extern const std::string_view common_passwords;

} // namespace invited::handlers::assets
