#include "handlers/text/charset.hpp"
#include "handlers/text/typed.hpp"
#include "handlers/text/utf8.hpp"
#include "handlers/values/values.hpp"

namespace invited::handlers {

namespace {

// RFC 5321 §4.5.3.1: 64 for the local part; a path of 256 leaves 254 for the address.
constexpr std::size_t longest_local_part = 64;
constexpr std::size_t longest_address = 254;
constexpr std::size_t longest_label = 63;
// "xn--" and at least one digit a code point must fit into 63 (RFC 3492, RFC 5890 §2.3.2.1).
constexpr std::size_t longest_foreign_label = 59;

constexpr charset atext("A-Za-z0-9!#$%&'*+/=?^_`{|}~-"); // RFC 5322 §3.2.3
constexpr charset visible_ascii("!-~");
constexpr charset ldh("A-Za-z0-9-");
constexpr charset digits("0-9");

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

/// Characters beyond ASCII that no mailbox needs and that make one address look like another. The two joiners
/// stay: some scripts need them.
bool is_misleading(char32_t c) {
  if (c == 0x200C || c == 0x200D) return false;
  return is_control(c) || is_white_space(c) || is_deceptive(c) || is_invisible(c);
}

/// The full stops that browsers read as a dot in a domain (UTS #46): our number of labels would be wrong.
bool is_foreign_dot(char32_t c) {
  return c == 0x3002 || c == 0xFF0E || c == 0xFF61;
}

bool has_forbidden_character(std::string_view text) {
  if (visible_ascii.holds_all(text)) return false;
  while (!text.empty()) {
    const char32_t c = utf8_take(text);
    if (c <= 0x20 || c == 0x7F || (c > 0x7F && is_misleading(c))) return true;
  }
  return false;
}

/// Calls `each` with every part of `text` between dots; false as soon as one call returns false.
template <class F>
bool all_between_dots(std::string_view text, F each) {
  for (;;) {
    const std::size_t dot = text.find('.');
    if (!each(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool is_local_part(std::string_view text) {
  return all_between_dots(text, [](std::string_view atom) {
    if (atom.empty()) return false;
    for (const char c : atom)
      if (is_ascii(c) && !atext.holds(c)) return false;
    return true;
  });
}

bool is_label(std::string_view label) {
  if (label.empty() || label.front() == '-' || label.back() == '-') return false;
  if (ldh.holds_all(label)) return label.size() <= longest_label;
  for (std::string_view rest = label; !rest.empty();) {
    const char32_t c = utf8_take(rest);
    if (c >= 0x80 ? is_foreign_dot(c) : !ldh.holds(static_cast<char>(c))) return false;
  }
  return utf8_count(label) <= longest_foreign_label;
}

bool is_domain(std::string_view text) {
  std::size_t labels = 0;
  std::string_view last;
  const bool well_formed = all_between_dots(text, [&](std::string_view label) {
    ++labels;
    last = label;
    return is_label(label);
  });
  // A top level of digits only would be an IP address (RFC 3696 §2).
  return well_formed && labels >= 2 && !digits.holds_all(last);
}

} // namespace

checked<> check_email(std::string_view text) {
  if (text.empty()) return flaw{"empty", "An e-mail address is required, such as name@example.org."};
  if (text.size() > longest_address)
    return flaw{"too_long", "An e-mail address must have at most 254 bytes."};
  if (has_forbidden_character(text))
    return flaw{"forbidden_character",
                "An e-mail address must not have spaces, control or invisible characters."};
  const std::size_t at = text.rfind('@');
  if (at == std::string_view::npos)
    return flaw{"invalid_email", "An e-mail address must have an @, as in name@example.org."};
  const std::string_view local = text.substr(0, at);
  if (local.size() > longest_local_part)
    return flaw{"too_long", "The part before the @ must have at most 64 bytes."};
  if (!is_local_part(local))
    return flaw{"invalid_email",
                "The part before the @ must be letters, digits and signs such as . _ + -, not quoted, "
                "without a dot at either end and without two dots in a row."};
  if (!is_domain(text.substr(at + 1)))
    return flaw{"invalid_email",
                "After the @ there must be a domain name with at least one dot, as in name@example.org."};
  return {};
}

checked<std::string_view> read_email(std::string_view text) {
  text = typed_trim(text);
  if (auto good = check_email(text); !good) return std::move(good).error();
  return text;
}

checked<std::string_view> read_optional_email(std::string_view text) {
  text = typed_trim(text);
  if (text.empty()) return text;
  return read_email(text);
}

} // namespace invited::handlers
