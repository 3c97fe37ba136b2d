#pragma once

#include "server/config/parsed.hpp"

#include <string>
#include <string_view>

// Readers of the options that are URLs, by the grammar of RFC 3986: visible ASCII without `"<>\^`{|}`, so
// that a URL can be written unchanged in JSON, HTML and a header field. It never holds a user or a password.
namespace invited::server {

/// Absolute http(s) URL without query and fragment. Trailing slashes are removed, because paths are appended
/// to it. Scheme and host become lower case.
parsed<std::string> parse_base_url(std::string_view text);

/// Absolute http(s) URL. It may have a query but no fragment, because the patient's token becomes the
/// fragment. Scheme and host become lower case.
parsed<std::string> parse_page_url(std::string_view text);

/// What a browser sends as Origin (RFC 6454 §7): scheme, host, and the port if it is not the scheme's
/// default, in lower case, so that comparing bytes is enough. `*` and `null` are refused, because any site
/// can send these.
parsed<std::string> parse_origin(std::string_view text);

/// Any URL that store::redis::parse_url() takes, unchanged. Messages never show the text, because it may hold
/// a password.
parsed<std::string> parse_redis_url(std::string_view text);

/// Whether a URL that parse_base_url() took is plain http to another machine. Then others can read the links,
/// and so the invites, on the way.
bool is_plain_and_remote(std::string_view url);

} // namespace invited::server
