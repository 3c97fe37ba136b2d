#include "server/grammar/chunk_decoder.hpp"

#include "server/grammar/chars.hpp"
#include "store/crypto/hex.hpp"

#include <algorithm>

namespace invited::server {
namespace {

/// RFC 9112 §7.1.1: a server ought to limit the total length of chunk extensions. Trailers count here too.
constexpr std::size_t max_ballast = 4096;

/// §7.1: large numerals must not overflow. Sixteen digits are 64 bits; leading zeros count, or they would
/// never end.
constexpr unsigned max_digits = 16;

} // namespace

void chunk_decoder::reset(std::uint64_t limit) {
  state_ = state::size_first;
  limit_ = limit;
  size_ = 0;
  digits_ = 0;
  ballast_ = 0;
}

http_result<std::size_t> chunk_decoder::feed(std::string_view in, std::string& out) {
  std::size_t at = 0;
  while (at < in.size() && state_ != state::done) {
    if (state_ == state::data) {
      const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(size_, in.size() - at));
      out.append(in, at, n);
      at += n;
      size_ -= n;
      if (size_ == 0) state_ = state::data_cr;
      continue;
    }
    const auto ok = take(in[at]);
    if (!ok) return ok.error();
    ++at;
  }
  return at;
}

http_result<void> chunk_decoder::take(char c) {
  switch (state_) {
  case state::size_first:
  case state::size: return take_size(c);
  case state::before_semicolon:
  case state::extension_name:
  case state::extension: return take_extension(c);
  case state::size_lf:
    if (c != '\n') return refused::chunk;
    return end_of_size_line();
  case state::data_cr:
    if (c != '\r') return refused::chunk;
    state_ = state::data_lf;
    return {};
  case state::data_lf:
    if (c != '\n') return refused::chunk;
    state_ = state::size_first;
    return {};
  default: return take_trailer(c);
  }
}

/// chunk-size = 1*HEXDIG, then CR or an extension: nothing like "0x10", "+5" or "5 " passes.
http_result<void> chunk_decoder::take_size(char c) {
  if (const unsigned digit = store::hex_value(c); digit <= 0xf) {
    if (state_ == state::size_first) {
      state_ = state::size;
      size_ = 0;
      digits_ = 0;
    }
    if (++digits_ > max_digits) return refused::chunk;
    size_ = size_ << 4 | digit;
    return {};
  }
  if (state_ == state::size_first) return refused::chunk;
  if (c == '\r') {
    state_ = state::size_lf;
  } else if (c == ';') {
    state_ = state::extension_name;
  } else if (chars::is_blank(c)) {
    state_ = state::before_semicolon;
  } else {
    return refused::chunk;
  }
  return {};
}

/// chunk-ext = *( BWS ";" BWS chunk-ext-name [ BWS "=" BWS chunk-ext-val ] ): only CRLF ends the line, so
/// that no other reader can take a lone LF in an extension for its end.
http_result<void> chunk_decoder::take_extension(char c) {
  if (++ballast_ > max_ballast) return refused::chunk;
  switch (state_) {
  case state::before_semicolon:
    if (c == ';') {
      state_ = state::extension_name;
      return {};
    }
    if (chars::is_blank(c)) return {};
    return refused::chunk;
  case state::extension_name:
    if (chars::is_blank(c)) return {};
    if (!chars::is(chars::token, c)) return refused::chunk;
    state_ = state::extension;
    return {};
  default:
    if (c == '\r') {
      state_ = state::size_lf;
      return {};
    }
    if (!chars::is_text(c)) return refused::chunk;
    return {};
  }
}

http_result<void> chunk_decoder::end_of_size_line() {
  if (size_ > limit_) return refused::content_too_large; // before a byte of it is read
  limit_ -= size_;
  state_ = size_ == 0 ? state::line_first : state::data;
  return {};
}

/// trailer-section = *( field-line CRLF ) CRLF, checked as strictly as the head's fields.
http_result<void> chunk_decoder::take_trailer(char c) {
  if (++ballast_ > max_ballast) return refused::chunk;
  switch (state_) {
  case state::line_first:
    if (c == '\r') {
      state_ = state::end_lf;
      return {};
    }
    if (!chars::is(chars::token, c)) return refused::chunk;
    state_ = state::trailer_name;
    return {};
  case state::trailer_name:
    if (c == ':') {
      state_ = state::trailer_value;
      return {};
    }
    if (!chars::is(chars::token, c)) return refused::chunk;
    return {};
  case state::trailer_value:
    if (c == '\r') {
      state_ = state::trailer_lf;
      return {};
    }
    if (!chars::is_text(c)) return refused::chunk;
    return {};
  default:
    if (c != '\n') return refused::chunk;
    state_ = state_ == state::trailer_lf ? state::line_first : state::done;
    return {};
  }
}

} // namespace invited::server
