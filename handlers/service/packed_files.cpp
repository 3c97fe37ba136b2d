#include "handlers/service/packed_files.hpp"

#include "handlers/answers/answer.hpp"
#include "handlers/http/accept.hpp"
#include "handlers/text/gunzip.hpp"

#include <algorithm>

namespace invited::handlers {

packed_files::packed_files(std::span<const assets::packed_file> files, keeping how)
    : files_(files), how_(how), plain_(files.size()) {}

response packed_files::serve(const request& r) {
  const auto found = std::ranges::find(files_, r.param, &assets::packed_file::name);
  if (found == files_.end()) {
    return answer({.status = 404, .code = "not_found", .detail = "There is no such file."}, r);
  }
  response out;
  if (takes_gzip(r[field::accept_encoding])) {
    out = serve_asset(found->packed, r, how_);
    out.add("Content-Encoding", "gzip");
  } else {
    out = serve_plain(static_cast<std::size_t>(found - files_.begin()), r);
  }
  out.add("Vary", "Accept-Encoding");
  return out;
}

/// Other bytes need another tag (RFC 9110 §8.8.3.3).
response packed_files::serve_plain(std::size_t which, const request& r) {
  const assets::asset& packed = files_[which].packed;
  std::string& plain = plain_[which];
  if (plain.empty()) plain = gunzip(packed.bytes);
  std::string tag(packed.etag);
  tag.insert(tag.size() - 1, "-plain");
  return serve_asset({packed.media_type, plain, tag}, r, how_);
}

} // namespace invited::handlers
