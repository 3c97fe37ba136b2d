#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace invited::server {

/// Makes request ids: a random prefix of 64 bits, so that no two cores or starts share ids, and a counter; 32
/// hex digits. An id is unique but can be guessed, so nothing may trust it. It also is a trace-id of W3C
/// Trace Context. One object a core.
class request_ids {
public:
  static constexpr std::size_t length = 32;

  explicit request_ids(std::uint64_t random_prefix);

  /// Writes the next id into `out`.
  void next(std::array<char, length>& out);

  /// Writes the next span-id (W3C Trace Context): 16 hex digits, not all zero, and other ones on another core
  /// or after a restart.
  static constexpr std::size_t span_length = 16;
  void next_span(std::array<char, span_length>& out);

  /// Whether a caller's id may be used: [A-Za-z0-9._-]{1,64}. Anything else could forge log lines.
  static bool is_valid(std::string_view id);

private:
  std::array<char, length> text_; ///< number of the last id
  std::uint64_t span_;            ///< the last span, before it is mixed
};

} // namespace invited::server
