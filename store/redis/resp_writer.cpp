#include "store/redis/resp_writer.hpp"

#include <array>
#include <charconv>
#include <limits>

namespace invited::store::redis {

void resp_writer::header(char type, std::size_t n) {
  std::array<char, std::numeric_limits<std::size_t>::digits10 + 4> text;
  char* end = text.data();
  *end++ = type;
  if (n < 10) { // most arguments are short
    *end++ = static_cast<char>('0' + n);
  } else {
    end = std::to_chars(end, text.data() + text.size(), n).ptr;
  }
  *end++ = '\r';
  *end++ = '\n';
  out_.append(text.data(), end);
}

void resp_writer::begin(std::size_t nargs) {
  header('*', nargs);
}

void resp_writer::arg(std::string_view bytes) {
  header('$', bytes.size());
  out_.append(bytes).append("\r\n", 2);
}

void resp_writer::arg(std::int64_t number) {
  std::array<char, std::numeric_limits<std::int64_t>::digits10 + 2> text{};
  const char* end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  arg(std::string_view(text.data(), end));
}

} // namespace invited::store::redis
