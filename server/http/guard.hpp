#pragma once

#include "handlers/http/request.hpp"
#include "server/http/limits.hpp"
#include "server/http/refusal.hpp"
#include "server/http/request_head.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace invited::server {

/// How the end of a request's content is found (RFC 9112 §6.3).
enum class framing : std::uint8_t { none, length, chunked };

/// A head that HTTP allows, and what follows from it. Views as in the head, or in the scratch string of
/// judge().
struct plan {
  handlers::verb method = handlers::verb::get;
  std::string_view path;
  std::string_view query;
  std::string_view host; ///< Host, or the authority of an absolute-form; empty only in HTTP/1.0
  unsigned minor = 1;

  framing content = framing::none;
  std::uint64_t content_length = 0; ///< only with framing::length
  bool keep_alive = true;
  bool expects_continue = false; ///< never for HTTP/1.0, nor without content

  decltype(handlers::request::fields) fields{};
  std::string_view request_id;    ///< X-Request-Id as received, not checked
  std::string_view forwarded_for; ///< X-Forwarded-For as received, not checked
};

/// The law of RFC 9110 and RFC 9112 between head and content. It decides whether the request may be served at
/// all, and where it ends, and is the only place that does. True, or why not: then nothing of `out` counts.
/// `scratch` takes the joined values of fields that came several times; it must live as long as the plan.
http_result<bool> judge(const request_head& head, const http_limits& limits, std::string& scratch, plan& out);

/// The method's name, as in a request line.
std::string_view method_name(handlers::verb method);

} // namespace invited::server
