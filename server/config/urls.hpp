#pragma once

#include "server/config/parsed.hpp"

#include <string>
#include <string_view>

// Readers of the options that are URLs, by the grammar of RFC 3986: visible ASCII without `"<>\^`{|}`, so
// that a URL can stand in JSON, HTML and a header field as it is. It never holds a user or a password.
namespace invited::server {

/// Absolute http(s) URL without query and fragment; trailing slashes are taken off, because paths are
/// appended to it.
parsed<std::string> parse_base_url(std::string_view text);

/// Absolute http(s) URL; a query may be there, a fragment not: the patient's token becomes the fragment.
parsed<std::string> parse_page_url(std::string_view text);

/// What a browser sends as Origin (RFC 6454 §7): scheme, host, and port where it is not the scheme's own; in
/// lower case, so that comparing bytes is enough. `*` and `null` are refused: anybody can be these.
parsed<std::string> parse_origin(std::string_view text);

/// Whatever store::redis::parse_url takes, as given. Messages never show the text: it may hold a password.
parsed<std::string> parse_redis_url(std::string_view text);

/// Whether an http URL, which parse_base_url took, leaves this machine: then the links in it, and so the
/// invites, can be read on the way.
bool is_plain_and_remote(std::string_view url);

} // namespace invited::server
