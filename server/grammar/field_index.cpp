#include "server/grammar/field_index.hpp"

#include "server/grammar/chars.hpp"

namespace invited::server {
namespace {

/// `name` if it is `lower` in any case.
known_field when(std::string_view name, std::string_view lower, known_field f) {
  return chars::equals_lower(name, lower) ? f : known_field::none;
}

/// RFC 9110 §5.3: only a field defined as a list may come several times. Cookie is joined as RFC 6265 §4.2.1
/// separates its pairs; Expect, X-Request-Id, traceparent and X-Forwarded-For are judged later, in their
/// joined form.
bool is_singleton(known_field f) {
  switch (f) {
  case known_field::accept:
  case known_field::accept_encoding:
  case known_field::accept_language:
  case known_field::access_control_request_headers:
  case known_field::content_encoding:
  case known_field::cookie:
  case known_field::if_match:
  case known_field::if_none_match:
  case known_field::connection:
  case known_field::expect:
  case known_field::purpose:
  case known_field::sec_purpose:
  case known_field::traceparent:
  case known_field::x_forwarded_for:
  case known_field::x_request_id: return false;
  default: return true;
  }
}

refused repeated(known_field f) {
  switch (f) {
  case known_field::host: return refused::host;
  case known_field::content_length: return refused::content_length;
  case known_field::transfer_encoding: return refused::not_chunked;
  default: return refused::repeated_field;
  }
}

} // namespace

known_field identify(std::string_view name) {
  using enum known_field;
  switch (name.size()) {
  case 4: return when(name, "host", host);
  case 6:
    switch (name[0] | 0x20) {
    case 'a': return when(name, "accept", accept);
    case 'c': return when(name, "cookie", cookie);
    case 'e': return when(name, "expect", expect);
    case 'o': return when(name, "origin", origin);
    default: return none;
    }
  case 7: return when(name, "purpose", purpose);
  case 8: return when(name, "if-match", if_match);
  case 10:
    if ((name[0] | 0x20) == 'u') return when(name, "user-agent", user_agent);
    return when(name, "connection", connection);
  case 11:
    if ((name[0] | 0x20) == 't') return when(name, "traceparent", traceparent);
    return when(name, "sec-purpose", sec_purpose);
  case 12:
    if ((name[0] | 0x20) == 'x') return when(name, "x-request-id", x_request_id);
    return when(name, "content-type", content_type);
  case 13:
    if ((name[0] | 0x20) == 'i') return when(name, "if-none-match", if_none_match);
    return when(name, "authorization", authorization);
  case 14: return when(name, "content-length", content_length);
  case 15:
    switch (name[0] | 0x20) {
    case 'a':
      if ((name[7] | 0x20) == 'e') return when(name, "accept-encoding", accept_encoding);
      return when(name, "accept-language", accept_language);
    case 'i': return when(name, "idempotency-key", idempotency_key);
    default: return when(name, "x-forwarded-for", x_forwarded_for);
    }
  case 16: return when(name, "content-encoding", content_encoding);
  case 17: return when(name, "transfer-encoding", transfer_encoding);
  case 29: return when(name, "access-control-request-method", access_control_request_method);
  case 30: return when(name, "access-control-request-headers", access_control_request_headers);
  default: return none;
  }
}

http_result<void> field_index::fill(const request_head& head, std::string& scratch) {
  bool repeats = false;
  for (const auto& line : head.fields) {
    const auto f = identify(line.name);
    if (f == known_field::none) continue;
    const auto i = static_cast<std::size_t>(f);
    if (counts_[i]++ == 0) {
      values_[i] = line.value.empty() ? std::string_view{""} : line.value; // null would mean: not there
    } else {
      if (is_singleton(f)) return repeated(f);
      repeats = true;
    }
  }
  if (!repeats) return {};

  // Makes room for all at once, because views into `scratch` must stay valid when the next value is joined.
  std::size_t room = 0;
  for (const auto& line : head.fields) room += line.value.size() + 2;
  scratch.clear();
  scratch.reserve(room);
  for (std::size_t i = 0; i < size; ++i) {
    if (counts_[i] < 2) continue;
    const auto f = static_cast<known_field>(i);
    const auto start = scratch.size();
    for (const auto& line : head.fields) {
      if (identify(line.name) != f) continue;
      if (scratch.size() > start) scratch += f == known_field::cookie ? "; " : ", ";
      scratch += line.value;
    }
    values_[i] = std::string_view{scratch}.substr(start);
  }
  return {};
}

} // namespace invited::server
