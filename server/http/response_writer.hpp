#pragma once

#include "handlers/http/response.hpp"

#include <string>
#include <string_view>

namespace invited::server {

/// What an answer's head says besides the response itself.
struct answer_frame {
  std::string_view date;       ///< IMF-fixdate
  std::string_view request_id; ///< checked or made by us
  unsigned minor = 1;          ///< of the request's HTTP/1.x
  bool keep_alive = true;
  bool head_only = false; ///< the request was HEAD: the fields of the answer, without its content
  bool hsts = false;      ///< users reach this server by https
};

/// Appends the answer to `out`: status line, fields, content; not the file behind it, whose length is
/// counted. Fields in the response itself are the handler's word; only Content-Security-Policy among them
/// replaces the default.
void render(std::string& out, const handlers::response& response, const answer_frame& frame);

/// RFC 9110 §10.1.1, §15.2.1.
inline constexpr std::string_view continue_answer = "HTTP/1.1 100 Continue\r\n\r\n";

/// For a connection over the cap, which nobody reads a request from.
inline constexpr std::string_view overload_answer = "HTTP/1.1 503 Service Unavailable\r\n"
                                                    "Retry-After: 1\r\n"
                                                    "Content-Length: 0\r\n"
                                                    "Connection: close\r\n\r\n";

} // namespace invited::server
