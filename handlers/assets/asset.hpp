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

/// A file that is kept compressed (gzip), by its name.
struct packed_file {
  std::string_view name;
  asset packed;
};

/// The page /docs, and the files that it needs. There are none where the server was built without the viewer,
/// and the page then says so.
extern const asset docs_page;
std::span<const packed_file> docs_files() noexcept;

/// The staff's pages and what they need; a file's name changes with its content. There are none where the
/// server was built without npm, and each page then says so.
extern const asset dashboard_page, new_invite_page, sign_in_page, password_page;
std::span<const packed_file> page_files() noexcept;

/// What patients' pages carry within themselves: CSS, and the script of /assessment.
extern const std::string_view page_style;
extern const std::string_view assessment_script;

/// Passwords that many people have, in small letters, each with a line end behind it, in the order of their
/// bytes. There are none where the server was built without npm.
extern const std::string_view common_passwords;

} // namespace invited::handlers::assets
