#pragma once

#include "server/http/refusal.hpp"

#include <string_view>

namespace invited::server {

/// A request target, taken apart. The views point into it, or into static storage.
struct request_target {
  std::string_view path;      ///< begins with "/", or is "*"
  std::string_view query;     ///< without the "?"
  std::string_view authority; ///< of an absolute-form, which stands in for Host; else empty
};

/// Takes apart an origin-form, absolute-form (http or https) or asterisk-form target (RFC 9112 §3.2). Whether
/// the method may have the asterisk is for the caller to judge; authority-form belongs to CONNECT, which is
/// refused before. Control characters, spaces and bytes above ASCII are refused, and so are a fragment and a
/// stray "%". Beyond that the path may hold what RFC 3986 would have encoded ("[", "|", ...), because
/// browsers send it.
http_result<request_target> split_target(std::string_view target);

/// Whether `text` is uri-host [":" port] with a host that is not empty (RFC 9110 §7.2 and §4.2.1, RFC 3986
/// §3.2.2).
bool is_authority(std::string_view text);

} // namespace invited::server
