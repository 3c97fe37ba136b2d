#include "handlers/service/openapi.hpp"

#include "handlers/service/serve_asset.hpp"
#include "store/crypto/digest.hpp"
#include "store/crypto/hex.hpp"

#include <span>

namespace invited::handlers {

namespace {

/// The path of an absolute URL; "/" if it has none.
std::string_view path_of(std::string_view url) {
  const std::string_view authority = url.substr(url.find("://") + 3);
  const std::size_t slash = authority.find('/');
  return slash == authority.npos ? "/" : authority.substr(slash);
}

} // namespace

openapi::openapi(std::string_view base_url) : document_(assets::openapi_document.bytes) {
  constexpr std::string_view place = "$base_path";
  if (const std::size_t at = document_.find(place); at != document_.npos)
    document_.replace(at, place.size(), path_of(base_url)); // a URL's characters stand in JSON unchanged
  const store::bytes32 digest = store::sha256({store::as_bytes(document_)});
  etag_ = '"' + store::to_hex(std::span(digest).first(16)) + '"';
}

task<response> openapi::handle(request& r) {
  co_return serve_asset({assets::openapi_document.media_type, document_, etag_}, r);
}

} // namespace invited::handlers
