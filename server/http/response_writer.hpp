#pragma once

#include "handlers/http/response.hpp"

#include <string>
#include <string_view>

namespace invited::server {

/// What the head of an answer holds besides the response itself.
struct answer_frame {
  std::string_view date;       ///< IMF-fixdate
  std::string_view request_id; ///< a checked one, or one that we made
  unsigned minor = 1;          ///< minor version of the request's HTTP/1.x
  bool keep_alive = true;
  bool head_only = false; ///< the request was HEAD: send the fields without the content
  bool hsts = false;      ///< users reach this server by https
};

/// Appends the answer to `out`: status line, fields and content. It does not append the response's file, but
/// counts its length. Fields of the response come from the handler; among them only Content-Security-Policy
/// replaces the default.
void render(std::string& out, const handlers::response& response, const answer_frame& frame);

/// RFC 9110 §10.1.1, §15.2.1.
inline constexpr std::string_view continue_answer = "HTTP/1.1 100 Continue\r\n\r\n";

/// For a connection over the cap, from which no request is read.
inline constexpr std::string_view overload_answer = "HTTP/1.1 503 Service Unavailable\r\n"
                                                    "Retry-After: 1\r\n"
                                                    "Content-Length: 0\r\n"
                                                    "Connection: close\r\n\r\n";

} // namespace invited::server
