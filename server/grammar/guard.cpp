#include "server/grammar/guard.hpp"

#include "server/grammar/chars.hpp"
#include "server/grammar/field_index.hpp"
#include "server/grammar/uri_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace invited::server {
namespace {

using handlers::verb;

constexpr std::array<std::string_view, 6> method_names{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"};

/// RFC 9110 §9.1: the method token is case-sensitive; one that is not implemented is answered with 501. TRACE
/// and CONNECT are among those: an origin server with secrets has no use for either.
http_result<verb> judge_method(std::string_view method) {
  for (std::size_t i = 0; i < method_names.size(); ++i) {
    if (method == method_names[i]) return static_cast<verb>(i);
  }
  return chars::all(chars::token, method) && !method.empty() ? refused::method : refused::request_line;
}

http_result<void> judge_target(const request_head& head, const http_limits& limits, std::string& scratch,
                               plan& out) {
  // RFC 9112 §3: a target longer than the server wishes to parse MUST be answered with 414.
  if (head.target.size() > limits.target) return refused::target_too_long;
  const auto target = split_target(head.target);
  if (!target) return target.error();
  // RFC 9112 §3.2.4: asterisk-form is only for OPTIONS.
  if (target->path == "*" && out.method != verb::options) return refused::target;
  out.path = decode_unreserved(target->path, scratch);
  out.query = target->query;
  out.host = target->authority;
  return {};
}

/// RFC 9112 §3.2: 400 to any HTTP/1.1 request that lacks Host, and to any request with several or an invalid
/// one.
http_result<void> judge_host(const field_index& fields, plan& out) {
  if (fields.count(known_field::host) == 0) {
    if (out.minor > 0) return refused::host;
    return {};
  }
  const auto host = fields[known_field::host];
  if (!is_authority(host)) return refused::host;
  // RFC 9112 §3.2.2: with an absolute-form the server MUST ignore Host and use the target's authority.
  if (out.host.empty()) out.host = host;
  return {};
}

/// A Transfer-Encoding that came once, in HTTP/1.1, without Content-Length.
http_result<void> judge_coding(std::string_view value) {
  if (chars::equals_lower(value, "chunked")) return {};
  // RFC 9112 §6.3 rule 4: where chunked is not the final coding, the length cannot be told, and the server
  // MUST answer 400 and close. §7.1: chunked twice is forbidden.
  const auto comma = value.rfind(',');
  if (comma == std::string_view::npos) return refused::not_chunked;
  if (!chars::equals_lower(chars::trim(value.substr(comma + 1)), "chunked")) return refused::not_chunked;
  for (std::size_t at = 0; at <= comma;) {
    const auto end = value.find(',', at); // at the latest the last comma
    const auto coding = chars::trim(value.substr(at, end - at));
    if (coding.empty() || chars::equals_lower(coding, "chunked")) return refused::not_chunked;
    at = end + 1;
  }
  // §6.1: a coding that the server does not understand SHOULD be answered with 501.
  return refused::transfer_coding;
}

/// RFC 9110 §8.6: Content-Length = 1*DIGIT. §8.6 would let a list of equal numbers pass; it never comes from
/// an honest client, and the sign and white space that lenient parsers take are what smuggling uses.
http_result<std::uint64_t> judge_length(std::string_view value) {
  std::uint64_t length = 0;
  const char* end = value.data() + value.size();
  if (value.empty() || !std::all_of(value.begin(), value.end(), chars::is_digit))
    return refused::content_length;
  const auto [stop, failed] = std::from_chars(value.data(), end, length);
  if (failed != std::errc{} || stop != end) return refused::content_length; // §8.6: overflow is anticipated
  return length;
}

/// RFC 9112 §6: where the content ends.
http_result<void> judge_framing(const field_index& fields, plan& out) {
  const bool has_length = fields.count(known_field::content_length) > 0;
  if (fields.count(known_field::transfer_encoding) > 0) {
    // §6.1: in HTTP/1.0 the framing is faulty, whatever Content-Length says.
    if (out.minor == 0) return refused::chunked_in_http_1_0;
    // §6.3 rule 3: both "might indicate an attempt to perform request smuggling"; §6.1 lets a server reject
    // it.
    if (has_length) return refused::length_and_chunked;
    const auto coding = judge_coding(fields[known_field::transfer_encoding]);
    if (!coding) return coding;
    out.content = framing::chunked;
    return {};
  }
  if (!has_length) return {}; // §6.3 rule 7: a request without either has no content
  const auto length = judge_length(fields[known_field::content_length]);
  if (!length) return length.error();
  out.content_length = *length;
  out.content = *length > 0 ? framing::length : framing::none;
  return {};
}

/// RFC 9110 §7.6.1: Connection = #connection-option, case-insensitive tokens; RFC 9112 §9.3: what persists.
http_result<void> judge_connection(std::string_view value, plan& out) {
  bool close = false;
  bool keep = false;
  while (!value.empty()) {
    const auto end = std::min(value.find(','), value.size());
    const auto option = chars::trim(value.substr(0, end));
    if (!chars::all(chars::token, option)) return refused::connection;
    close = close || chars::equals_lower(option, "close");
    keep = keep || chars::equals_lower(option, "keep-alive");
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  // "upgrade" is among the options that mean nothing here: RFC 9110 §7.8 lets a server ignore Upgrade.
  out.keep_alive = !close && (out.minor > 0 || keep);
  return {};
}

/// RFC 9110 §10.1.1: 417 to what is not 100-continue (in any case); HTTP/1.0 clients MUST get no 100.
http_result<void> judge_expectation(const field_index& fields, plan& out) {
  if (fields.count(known_field::expect) == 0) return {};
  if (!chars::equals_lower(fields[known_field::expect], "100-continue")) return refused::expectation;
  out.expects_continue = out.minor > 0 && out.content != framing::none;
  return {};
}

} // namespace

std::string_view method_name(verb method) {
  return method_names[static_cast<std::size_t>(method)];
}

http_result<void> judge(const request_head& head, const http_limits& limits, plan_text& text, plan& out) {
  out = plan{};
  out.minor = head.minor;
  const auto method = judge_method(head.method);
  if (!method) return method.error();
  out.method = *method;
  if (const auto ok = judge_target(head, limits, text.path, out); !ok) return ok.error();

  field_index fields;
  if (const auto ok = fields.fill(head, text.values); !ok) return ok.error();
  if (const auto ok = judge_host(fields, out); !ok) return ok.error();
  if (const auto ok = judge_framing(fields, out); !ok) return ok.error();
  if (const auto ok = judge_connection(fields[known_field::connection], out); !ok) return ok.error();
  if (const auto ok = judge_expectation(fields, out); !ok) return ok.error();

  for (std::size_t i = 0; i < out.fields.size(); ++i) out.fields[i] = fields[static_cast<known_field>(i)];
  out.fields[static_cast<std::size_t>(handlers::field::host)] = out.host;
  out.request_id = fields[known_field::x_request_id];
  out.forwarded_for = fields[known_field::x_forwarded_for];
  out.traceparent = fields[known_field::traceparent];
  return {};
}

void salvage(std::string_view received, plan& out) {
  out = plan{};
  if (received.starts_with("HEAD ")) out.method = verb::head;
  bool is_first = true;
  for (auto end = received.find('\n'); end != received.npos; end = received.find('\n')) {
    auto line = received.substr(0, end);
    received.remove_prefix(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    const auto colon = line.find(':');
    if (std::exchange(is_first, false) || colon == line.npos) continue;
    const auto f = static_cast<std::size_t>(identify(line.substr(0, colon)));
    if (f < out.fields.size() && out.fields[f].empty()) out.fields[f] = chars::trim(line.substr(colon + 1));
  }
}

} // namespace invited::server
