#pragma once

#include "server/grammar/refusal.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace invited::server {

/// Decodes chunked content (RFC 9112 §7.1) that arrives piece by piece. Extensions and trailers are checked
/// and dropped (§7.1.1: a recipient MUST ignore unrecognized ones; §7.1.2: it may discard trailers). We do
/// not use Beast's decoder, because it asserts when the last chunk arrives byte by byte, and waits where it
/// could refuse.
class chunk_decoder {
public:
  /// Starts again, for content of at most `limit` bytes.
  void reset(std::uint64_t limit);

  /// Takes bytes from the front of `in` and appends content to `out`. Returns how many bytes it took: all,
  /// unless the content ended before. After a refusal only reset() may follow.
  http_result<std::size_t> feed(std::string_view in, std::string& out);

  bool done() const { return state_ == state::done; }

private:
  enum class state : std::uint8_t {
    size_first,
    size,
    before_semicolon,
    extension_name,
    extension,
    size_lf,
    data,
    data_cr,
    data_lf,
    line_first,
    trailer_name,
    trailer_value,
    trailer_lf,
    end_lf,
    done,
  };

  http_result<void> take(char c);
  http_result<void> take_size(char c);
  http_result<void> take_extension(char c);
  http_result<void> take_trailer(char c);
  http_result<void> end_of_size_line();

  state state_ = state::done;
  std::uint64_t limit_ = 0; ///< content that may still come
  std::uint64_t size_ = 0;  ///< size of the chunk, then what is left of it
  unsigned digits_ = 0;
  std::size_t ballast_ = 0; ///< bytes of extensions and trailers so far
};

} // namespace invited::server
