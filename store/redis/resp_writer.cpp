#include "store/redis/resp_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace invited::store::redis {
namespace {

constexpr std::size_t header_size = std::numeric_limits<std::size_t>::digits10 + 4;

/// Writes the type, `n` and the end of the line; answers where it ended. `to` has room for header_size.
char* put_header(char* to, char type, std::size_t n) {
  *to++ = type;
  if (n < 10) { // most arguments are short
    *to++ = static_cast<char>('0' + n);
  } else if (n < 100) {
    *to++ = static_cast<char>('0' + n / 10);
    *to++ = static_cast<char>('0' + n % 10);
  } else {
    to = std::to_chars(to, to + header_size, n).ptr;
  }
  *to++ = '\r';
  *to++ = '\n';
  return to;
}

} // namespace

void resp_writer::begin(std::size_t nargs) {
  std::array<char, header_size> text;
  out_.append(text.data(), put_header(text.data(), '*', nargs));
}

void resp_writer::arg(std::string_view bytes) {
  constexpr std::size_t short_one = 100; // all but sealed texts; put together here they cost one append
  std::array<char, header_size + short_one + 2> text;
  char* end = put_header(text.data(), '$', bytes.size());
  if (bytes.size() > short_one) {
    out_.append(text.data(), end).append(bytes).append("\r\n", 2);
    return;
  }
  end = std::copy(bytes.begin(), bytes.end(), end);
  *end++ = '\r';
  *end++ = '\n';
  out_.append(text.data(), end);
}

void resp_writer::arg(std::int64_t number) {
  std::array<char, std::numeric_limits<std::int64_t>::digits10 + 2> text{};
  const char* end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  arg(std::string_view(text.data(), end));
}

} // namespace invited::store::redis
