#include "handlers/service/serve_asset.hpp"

#include <algorithm>

namespace invited::handlers {
namespace {

constexpr std::string_view spaces = " \t,";

/// Takes one entity tag (RFC 9110 §8.8.3) off the front, without its W/; empty if there is none.
std::string_view take_etag(std::string_view& list) {
  list.remove_prefix(std::min(list.find_first_not_of(spaces), list.size()));
  if (list.starts_with("W/")) list.remove_prefix(2);
  const std::size_t end = list.starts_with('"') ? list.find('"', 1) : list.npos;
  if (end == list.npos) return {};
  const std::string_view tag = list.substr(0, end + 1);
  list.remove_prefix(end + 1);
  return tag;
}

} // namespace

bool names_etag(std::string_view if_none_match, std::string_view etag) {
  if (if_none_match == "*") return true;
  for (std::string_view tag = take_etag(if_none_match); !tag.empty(); tag = take_etag(if_none_match)) {
    if (tag == etag) return true;
  }
  return false;
}

response serve_asset(const assets::asset& file, const request& r, keeping how) {
  response out{.content_type = file.media_type, .no_store = false};
  out.add("ETag", file.etag);
  out.add("Cache-Control",
          how == keeping::forever ? "public, max-age=31536000, immutable" : "public, no-cache");
  if (names_etag(r[field::if_none_match], file.etag)) {
    out.status = 304;
  } else {
    out.file = file.bytes;
  }
  return out;
}

} // namespace invited::handlers
