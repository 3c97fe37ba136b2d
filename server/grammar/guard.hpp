#pragma once

#include "handlers/http/request.hpp"
#include "server/grammar/limits.hpp"
#include "server/grammar/refusal.hpp"
#include "server/grammar/request_head.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace invited::server {

/// How the end of a request's content is found (RFC 9112 §6.3).
enum class framing : std::uint8_t { none, length, chunked };

/// What follows from a head that HTTP allows. Views into the head, or into the plan_text of judge().
struct plan {
  handlers::verb method = handlers::verb::get;
  std::string_view path;
  std::string_view query;
  std::string_view host; ///< Host, or the authority of an absolute-form; empty only in HTTP/1.0
  unsigned minor = 1;

  framing content = framing::none;
  std::uint64_t content_length = 0; ///< only with framing::length
  bool keep_alive = true;
  bool expects_continue = false; ///< never with HTTP/1.0 or without content

  decltype(handlers::request::fields) fields{};
  std::string_view request_id;    ///< X-Request-Id as received, not checked
  std::string_view forwarded_for; ///< X-Forwarded-For as received, not checked
  std::string_view traceparent;   ///< as received, not checked
};

/// The bytes of a plan that do not stand in the head as they are. Must live as long as the plan.
struct plan_text {
  std::string values; ///< the joined values of fields that came several times
  std::string path;   ///< a path without needless percent-encoding
};

/// The rules of RFC 9110 and RFC 9112 between head and content. This is the only place that decides whether
/// the request may be served, and where it ends. If it refuses, `out` does not count.
http_result<void> judge(const request_head& head, const http_limits& limits, plan_text& text, plan& out);

/// What can be told of a request whose head was refused, or has not come whole: whether its method is HEAD,
/// and the first of each field in the lines that came. A refusal is written by it, and nothing else may
/// depend on it, because nothing of it was judged. `received` begins with the request line.
void salvage(std::string_view received, plan& out);

/// The method's name, as in a request line.
std::string_view method_name(handlers::verb method);

} // namespace invited::server
