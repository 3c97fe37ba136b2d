#pragma once

#include "handlers/service/serve_asset.hpp"

#include <span>
#include <string>
#include <vector>

namespace invited::handlers {

/// Files that are kept compressed. Whoever does not take gzip gets them plain (RFC 9110 §12.5.3): a proxy may
/// have stripped the field. A file is unpacked when it is first asked for so (a few milliseconds for the
/// largest), and kept. One object a core; it must outlive its answers.
class packed_files {
public:
  /// `files` has static storage.
  packed_files(std::span<const assets::packed_file> files, keeping how);

  /// Answers with the file that the route's parameter names; 404 if there is none.
  response serve(const request& r);

private:
  response serve_plain(std::size_t which, const request& r);

  std::span<const assets::packed_file> files_;
  keeping how_;
  std::vector<std::string> plain_; ///< for each file; empty until it is asked for
};

} // namespace invited::handlers
