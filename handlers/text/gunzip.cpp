#include "handlers/text/gunzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <stdexcept>

namespace invited::handlers {

std::string gunzip(std::string_view packed) {
  constexpr int gzip_only = 16 + MAX_WBITS;
  z_stream stream{};
  // The library wants to change what it only reads.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(std::min<std::size_t>(packed.size(), std::numeric_limits<uInt>::max()));
  if (inflateInit2(&stream, gzip_only) != Z_OK) throw std::runtime_error("zlib cannot begin");
  const std::unique_ptr<z_stream, int (*)(z_streamp)> ended(&stream, inflateEnd);

  std::string plain;
  std::array<char, 16 * 1024> piece;
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = piece.size();
    state = inflate(&stream, Z_NO_FLUSH);
    plain.append(piece.data(), piece.size() - stream.avail_out);
  }
  if (state != Z_STREAM_END || stream.avail_in != 0) throw std::runtime_error("this is not a gzip file");
  return plain;
}

} // namespace invited::handlers
