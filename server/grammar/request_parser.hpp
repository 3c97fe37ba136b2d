#pragma once

#include "server/grammar/limits.hpp"
#include "server/grammar/refusal.hpp"
#include "server/grammar/request_head.hpp"

#include <memory>
#include <string_view>

namespace invited::server {

/// Splits a complete head into tokens, with Boost.Beast. It keeps nothing of a connection between two calls,
/// so one object serves all connections of a core. No call allocates.
class request_parser {
public:
  explicit request_parser(const http_limits& limits);
  ~request_parser();
  request_parser(const request_parser&) = delete;
  request_parser& operator=(const request_parser&) = delete;

  /// `head` must have passed head_scan: from the request line to the empty line. The result's `fields` are
  /// valid until the next call, its views as long as the bytes of `head`.
  http_result<request_head> parse(std::string_view head);

private:
  struct fields;
  const http_limits& limits_;
  std::unique_ptr<fields> fields_; // keeps Beast out of this header
};

} // namespace invited::server
