#pragma once

#include "server/grammar/refusal.hpp"

#include <string>
#include <string_view>

namespace invited::server {

/// The parts of a request target. The views point into it, or into static storage.
struct request_target {
  std::string_view path;      ///< begins with "/", or is "*"
  std::string_view query;     ///< without the "?"
  std::string_view authority; ///< of an absolute-form, where it replaces Host; otherwise empty
};

/// Splits an origin-form, absolute-form (http or https) or asterisk-form target (RFC 9112 §3.2). The caller
/// judges whether the method may have the asterisk. authority-form belongs to CONNECT, which is refused
/// before. Control characters, spaces, bytes above ASCII, a fragment and a stray "%" are refused. The path
/// may hold characters that RFC 3986 wants encoded ("[", "|", ...), because browsers send them.
http_result<request_target> split_target(std::string_view target);

/// `path` with its unreserved characters as themselves, because encoded ones mean the same (RFC 3986
/// §6.2.2.2); other encodings stay. Returns `path` if there is nothing to do, otherwise a view of `scratch`.
std::string_view decode_unreserved(std::string_view path, std::string& scratch);

/// Whether `text` is uri-host [":" port] with a non-empty host (RFC 9110 §7.2 and §4.2.1, RFC 3986 §3.2.2).
bool is_authority(std::string_view text);

} // namespace invited::server
