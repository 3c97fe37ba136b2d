#include "server/grammar/uri_rules.hpp"

#include "server/grammar/chars.hpp"
#include "store/base/ip_text.hpp"
#include "store/crypto/hex.hpp"

#include <algorithm>
#include <cstddef>

namespace invited::server {
namespace {

/// RFC 3986 §2.1: pct-encoded = "%" HEXDIG HEXDIG.
bool is_encoded(std::string_view text, std::size_t at) {
  return at + 2 < text.size() && store::hex_value(text[at + 1]) <= 0xf &&
         store::hex_value(text[at + 2]) <= 0xf;
}

/// Visible ASCII without "#" (RFC 9112 §3.2: a target has no fragment), every "%" followed by two hex digits.
bool is_well_formed(std::string_view target) {
  for (std::size_t i = 0; i < target.size(); ++i) {
    const char c = target[i];
    if (c <= ' ' || c >= '\x7f' || c == '#') return false;  // above ASCII is negative where char is signed,
    if (static_cast<unsigned char>(c) > 0x7e) return false; // and is caught here if char is unsigned
    if (c == '%' && !is_encoded(target, i)) return false;
  }
  return true;
}

request_target split_query(std::string_view path_and_query) {
  request_target parts;
  const auto mark = path_and_query.find('?');
  parts.path = path_and_query.substr(0, mark);
  if (mark != std::string_view::npos) parts.query = path_and_query.substr(mark + 1);
  return parts;
}

/// How long "http://" or "https://" is at the front of `target`; 0 if neither is there. Schemes are
/// case-insensitive (RFC 3986 §3.1).
std::size_t scheme_length(std::string_view target) {
  for (const std::string_view scheme : {std::string_view{"http://"}, std::string_view{"https://"}}) {
    if (chars::equals_lower(target.substr(0, scheme.size()), scheme)) return scheme.size();
  }
  return 0;
}

/// RFC 3986 §3.2.2: reg-name = *( unreserved / pct-encoded / sub-delims ). An IPv4 address is one, too.
bool is_reg_name(std::string_view name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (chars::is(chars::reg_name, name[i])) continue;
    if (name[i] != '%' || !is_encoded(name, i)) return false;
  }
  return !name.empty();
}

/// RFC 3986 §3.2.2: the text between "[" and "]". IPvFuture has no meaning yet, so it is not accepted.
bool is_ipv6(std::string_view text) {
  const auto address = store::ip_address_of(text);
  return address && address->is_v6();
}

/// RFC 3986 §3.2.3: port = *DIGIT; more than 65535 names no port.
bool is_port(std::string_view digits) {
  unsigned long value = 0;
  for (const char c : digits) {
    if (!chars::is_digit(c)) return false;
    value = value * 10 + static_cast<unsigned long>(c - '0');
    if (value > 65535) return false;
  }
  return true;
}

/// The byte that a "%" and two hex digits at `at` stand for.
char encoded_byte(std::string_view text, std::size_t at) {
  return static_cast<char>(store::hex_value(text[at + 1]) << 4 | store::hex_value(text[at + 2]));
}

} // namespace

std::string_view decode_unreserved(std::string_view path, std::string& scratch) {
  auto from = path.find('%');
  if (from == path.npos) return path; // as nearly always
  scratch.assign(path, 0, from);
  while (from < path.size()) {
    const bool encoded = path[from] == '%' && is_encoded(path, from);
    const char byte = encoded ? encoded_byte(path, from) : path[from];
    if (encoded && !chars::is(chars::unreserved, byte)) {
      scratch.append(path, from, 3);
    } else {
      scratch += byte;
    }
    from += encoded ? 3 : 1;
  }
  return scratch;
}

bool is_authority(std::string_view text) {
  std::string_view host = text;
  std::string_view port;
  if (!text.empty() && text.front() == '[') {
    const auto end = text.find(']');
    if (end == std::string_view::npos || !is_ipv6(text.substr(1, end - 1))) return false;
    const auto rest = text.substr(end + 1);
    return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
  }
  const auto colon = text.find(':');
  if (colon != std::string_view::npos) {
    host = text.substr(0, colon);
    port = text.substr(colon + 1);
  }
  // userinfo ("user@host") fails as a reg-name: RFC 9110 §4.2.4 wants it treated as an error.
  return is_reg_name(host) && is_port(port);
}

http_result<request_target> split_target(std::string_view target) {
  if (target.empty() || !is_well_formed(target)) return refused::target;
  if (target.front() == '/') return split_query(target);
  if (target == "*") return request_target{target, {}, {}};
  // RFC 9112 §3.2.2: a server MUST accept the absolute-form.
  const auto scheme = scheme_length(target);
  if (scheme == 0) return refused::target;
  const auto rest = target.substr(scheme);
  const auto end = std::min(rest.find_first_of("/?"), rest.size());
  request_target parts = split_query(rest.substr(end));
  if (parts.path.empty()) parts.path = "/"; // RFC 9110 §4.2.3: an empty path is "/"
  parts.authority = rest.substr(0, end);
  if (!is_authority(parts.authority)) return refused::target;
  return parts;
}

} // namespace invited::server
