#include "server/grammar/head_scan.hpp"

#include "server/grammar/chars.hpp"

#include <cstdint>
#include <cstring>

namespace invited::server {
namespace {

/// RFC 9110 §5.5: "Field values containing CR, LF, or NUL characters are invalid and dangerous"; other
/// control characters are invalid too. `head` ends in LF, and every LF in it is known to follow a CR. No
/// branches and nothing wider than a byte, so that compilers make vector code of it.
http_result<void> look_at_bytes(std::string_view head) {
  using byte = unsigned char;
  byte control = 0;
  byte lone_cr = 0;
  const char* const text = head.data();
  for (std::size_t i = 0; i + 1 < head.size(); ++i) {
    const auto c = static_cast<byte>(text[i]);
    const auto low = static_cast<byte>(c < 0x20);
    const auto cr = static_cast<byte>(c == '\r');
    const auto fine = static_cast<byte>(cr | static_cast<byte>(c == '\n') | static_cast<byte>(c == '\t'));
    control = static_cast<byte>(control | (low & (fine ^ 1)) | static_cast<byte>(c == 0x7f));
    lone_cr = static_cast<byte>(lone_cr | (cr & static_cast<byte>(text[i + 1] != '\n')));
  }
  if (control != 0) return refused::control_character;
  if (lone_cr != 0) return refused::line_ending;
  return {};
}

/// Whether all of `head` but `line_ends` bytes is visible ASCII and spaces: this is true of nearly every
/// head, and then no byte needs a closer look. It is an addition, a comparison and a count for each byte, all
/// in bytes, so that compilers make vector code of it. It goes piece by piece, so that no count passes 255.
bool is_plain(std::string_view head, std::size_t line_ends) {
  constexpr std::size_t piece = 240;
  std::size_t others = 0;
  for (std::size_t at = 0; at < head.size(); at += piece) {
    std::uint8_t count = 0;
    for (const char c : head.substr(at, piece)) {
      // Plus one, these are 0x21 to 0x7f. DEL becomes negative, and bytes above ASCII become negative or 0.
      const auto next = static_cast<std::int8_t>(static_cast<std::uint8_t>(c) + 1);
      count = static_cast<std::uint8_t>(count + static_cast<std::uint8_t>(next <= 0x20));
    }
    others += count;
  }
  return others == line_ends;
}

} // namespace

http_result<bool> head_scan::look_at_front(std::string_view received) {
  // RFC 9112 §2.2: a server SHOULD ignore at least one empty line before the request line. We ignore one.
  if (received.empty()) return false;
  if (received[0] == '\r') {
    if (received.size() < 2) return false;
    if (received[1] != '\n') return refused::line_ending;
    lead_ = line_ = seen_ = 2;
    if (received.size() == 2) return false;
  }
  // A method is a token. A TLS hello or other noise is refused here, and need not wait for the deadline.
  if (!chars::is(chars::token, received[lead_])) return refused::request_line;
  return true;
}

http_result<std::size_t> head_scan::look_at_size(std::size_t size) const {
  // A target that is too long but fits into the head is refused when all of the head is there: then the
  // fields are known by which the refusal is written.
  if (size - lead_ > limits_.head) return lines_ == 0 ? refused::target_too_long : refused::head_too_large;
  return std::size_t{0};
}

http_result<std::size_t> head_scan::look(std::string_view received) {
  if (lines_ == 0) {
    const auto front = look_at_front(received);
    if (!front) return front.error();
    if (!*front) return std::size_t{0};
  }
  for (;;) {
    // RFC 9112 §5.2: a server MUST reject obs-fold or replace it; §2.2: white space before the first field
    // likewise.
    if (lines_ > 0 && line_ < received.size() && chars::is_blank(received[line_]))
      return refused::folded_line;
    const char* from = received.data() + seen_;
    const auto* lf = static_cast<const char*>(std::memchr(from, '\n', received.size() - seen_));
    if (lf == nullptr) {
      seen_ = received.size();
      return look_at_size(received.size());
    }
    const auto end = static_cast<std::size_t>(lf - received.data());
    // First, even while the request line is incomplete: a refusal must not depend on how the bytes were cut.
    const auto size = look_at_size(end + 1);
    if (!size) return size;
    // RFC 9112 §2.2 allows a lone LF as a line's end, but attackers can use two recipients that disagree
    // about it.
    if (end == line_ || received[end - 1] != '\r') return refused::line_ending;
    const bool empty = end - 1 == line_;
    line_ = seen_ = end + 1;
    if (!empty) {
      if (++lines_ > limits_.fields + 1) return refused::head_too_large;
      continue;
    }
    // Every LF here has its own CR. If nothing else is special, no CR is alone either.
    const auto head = received.substr(0, seen_);
    const std::size_t line_ends = lines_ + 1 + lead_ / 2;
    if (!is_plain(head, 2 * line_ends)) {
      const auto bytes = look_at_bytes(head);
      if (!bytes) return bytes.error();
    }
    return seen_;
  }
}

} // namespace invited::server
