#pragma once

#include "server/grammar/limits.hpp"
#include "server/grammar/refusal.hpp"

#include <cstddef>
#include <string_view>

namespace invited::server {

/// Finds the end of a request's head in bytes that arrive piece by piece. It refuses what no head may
/// contain: bare CR or LF, folded lines, control characters, too many bytes or lines. It looks at no byte
/// twice before the end is found. Only a head that passes goes on to the parser.
class head_scan {
public:
  explicit head_scan(const http_limits& limits) : limits_(limits) {}

  /// `received` is everything that has come of this request, from its first byte, with the bytes of the last
  /// call unchanged. Returns the length of the head with its empty line, or 0 while that has not come.
  http_result<std::size_t> look(std::string_view received);

  /// How many bytes to skip before the request line: two for an empty line (RFC 9112 §2.2), or none.
  std::size_t lead() const { return lead_; }

  /// Forgets the request and waits for the next.
  void reset() { seen_ = line_ = lines_ = lead_ = 0; }

private:
  http_result<bool> look_at_front(std::string_view received);
  http_result<std::size_t> look_at_size(std::size_t size) const;

  const http_limits& limits_;
  std::size_t seen_ = 0;  ///< every LF before it was looked at
  std::size_t line_ = 0;  ///< where the current line begins
  std::size_t lines_ = 0; ///< complete lines: the request line and the fields
  std::size_t lead_ = 0;
};

} // namespace invited::server
