#pragma once

#include "server/http/limits.hpp"
#include "server/http/refusal.hpp"

#include <cstddef>
#include <string_view>

namespace invited::server {

/// Finds the end of a request's head in bytes that arrive piece by piece, and refuses what no head may
/// contain whatever its fields mean: bare CR or LF, folded lines, control characters, too many bytes or
/// lines. No byte is looked at twice before the end is found. Only a head that passed goes on to the parser.
class head_scan {
public:
  explicit head_scan(const http_limits& limits) : limits_(limits) {}

  /// `received` is all that has come of this request, from its first byte; what was there in the last call
  /// must be there still. Answers the length of the head with its empty line, or 0 as long as that is not
  /// there.
  http_result<std::size_t> look(std::string_view received);

  /// How many bytes before the request line are to be skipped: an empty line of two (RFC 9112 §2.2), or none.
  std::size_t lead() const { return lead_; }

  /// Forgets the request and waits for the next.
  void reset() { seen_ = line_ = lines_ = lead_ = 0; }

private:
  http_result<bool> look_at_front(std::string_view received);
  http_result<std::size_t> look_at_size(std::size_t size) const;

  const http_limits& limits_;
  std::size_t seen_ = 0;  ///< before it there is no LF that was not looked at
  std::size_t line_ = 0;  ///< where the current line begins
  std::size_t lines_ = 0; ///< complete lines: the request line and the fields
  std::size_t lead_ = 0;
};

} // namespace invited::server
