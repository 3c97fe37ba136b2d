#include "store/resp/resp_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace invited::store::redis {
namespace {

constexpr std::size_t line_size = std::numeric_limits<std::size_t>::digits10 + 4;

/// The largest size of an encoded argument or of a command's first line.
constexpr std::size_t room_for(std::size_t bytes) {
  return line_size + bytes + 2;
}

/// Each writes into existing room, and returns where it ended.
char* put_end(char* to) {
  *to++ = '\r';
  *to++ = '\n';
  return to;
}

char* put_line(char* to, char type, std::size_t n) {
  *to++ = type;
  if (n < 10) { // most arguments are short
    *to++ = static_cast<char>('0' + n);
  } else if (n < 100) {
    *to++ = static_cast<char>('0' + n / 10);
    *to++ = static_cast<char>('0' + n % 10);
  } else {
    to = std::to_chars(to, to + line_size, n).ptr;
  }
  return put_end(to);
}

char* put_argument(char* to, std::string_view bytes) {
  to = put_line(to, '$', bytes.size());
  return put_end(std::copy(bytes.begin(), bytes.end(), to));
}

/// Appends what `put` writes into `room` bytes.
template <class Put>
void append(std::string& out, std::size_t room, Put put) {
  const std::size_t before = out.size();
  out.resize(before + room);
  const char* const end = put(out.data() + before);
  out.resize(static_cast<std::size_t>(end - out.data()));
}

std::size_t room_for(resp_writer::strings part) {
  std::size_t room = 0;
  for (const std::string_view bytes : part) room += room_for(bytes.size());
  return room;
}

char* put_arguments(char* to, resp_writer::strings part) {
  for (const std::string_view bytes : part) to = put_argument(to, bytes);
  return to;
}

} // namespace

void resp_writer::begin(std::size_t nargs, strings first) {
  append(out_, line_size + room_for(first),
         [&](char* to) { return put_arguments(put_line(to, '*', nargs), first); });
}

void resp_writer::arg(std::string_view bytes) {
  append(out_, room_for(bytes.size()), [&](char* to) { return put_argument(to, bytes); });
}

void resp_writer::arg(std::int64_t number) {
  std::array<char, std::numeric_limits<std::int64_t>::digits10 + 2> text{};
  const char* end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  arg(std::string_view(text.data(), end));
}

void resp_writer::args(std::initializer_list<strings> parts) {
  std::size_t room = 0;
  for (const strings part : parts) room += room_for(part);
  append(out_, room, [&](char* to) {
    for (const strings part : parts) to = put_arguments(to, part);
    return to;
  });
}

void resp_writer::command(std::initializer_list<strings> parts) {
  std::size_t nargs = 0;
  std::size_t room = line_size;
  for (const strings part : parts) {
    nargs += part.size();
    room += room_for(part);
  }
  append(out_, room, [&](char* to) {
    to = put_line(to, '*', nargs);
    for (const strings part : parts) to = put_arguments(to, part);
    return to;
  });
}

} // namespace invited::store::redis
