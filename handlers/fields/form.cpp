#include "handlers/fields/form.hpp"

#include "handlers/text/utf8.hpp"
#include "store/crypto/hex.hpp"

#include <algorithm>

namespace invited::handlers {

namespace {

/// Where and why a text is not urlencoded.
struct fault {
  std::size_t offset;
  std::string_view why;
};

using reading = boost::system::result<void, fault>;

constexpr unsigned no_digit = 0xff; ///< as in store::hex_value

/// Decodes text[from, to) in place into `out`. The decoded text is never longer, so writing never overtakes
/// reading.
reading decode(std::span<char> text, std::size_t from, std::size_t to, std::string_view& out) {
  std::size_t end = from;
  for (std::size_t i = from; i < to; ++i) {
    char c = text[i];
    if (static_cast<unsigned char>(c) <= 0x20 || c == 0x7F)
      return fault{i, "a space or control character must be escaped."};
    if (c == '+') {
      c = ' ';
    } else if (c == '%') {
      const unsigned high = to - i > 2 ? store::hex_value(text[i + 1]) : no_digit;
      const unsigned low = to - i > 2 ? store::hex_value(text[i + 2]) : no_digit;
      if ((high | low) > 0xf) return fault{i, "two hex digits were expected after %."};
      if (high == 0 && low == 0) return fault{i, "there is a NUL byte."};
      c = static_cast<char>(high << 4 | low);
      i += 2;
    }
    text[end++] = c;
  }
  out = {text.data() + from, end - from};
  if (!utf8_valid(out)) return fault{from, "this is not UTF-8."};
  return {};
}

/// Whether an empty value counts as none.
enum class empty_value : std::uint8_t { is_text, is_none };

void take(std::span<const field_rule> rules, std::span<field_value> values, std::vector<field_error>& errors,
          empty_value empty, std::string_view name, std::string_view text) {
  const std::size_t i = find_rule(rules, name);
  if (i == rules.size()) return note_unknown(errors, name);
  field_value& value = values[i];
  if (value.seen) return note_duplicate(errors, name);
  value.seen = true;
  const bool is_integer = rules[i].kind == field_kind::integer;
  if (text.empty() && !rules[i].required && (is_integer || empty == empty_value::is_none)) return;
  if (is_integer) {
    if (!read_integer(text, value.number)) {
      value.is = field_value::state::flawed;
      errors.push_back({pointer_to(name), "wrong_type", "This must be a whole number."});
      return;
    }
  }
  value.is = field_value::state::good;
  value.text = text;
}

reading read_pairs(std::span<char> text, std::span<const field_rule> rules, std::span<field_value> values,
                   std::vector<field_error>& errors, empty_value empty) {
  const std::string_view all(text.data(), text.size());
  for (std::size_t from = 0; from < all.size();) {
    const std::size_t to = std::min(all.find('&', from), all.size());
    const std::size_t equals = std::min(all.find('=', from), to);
    std::string_view name;
    std::string_view value;
    if (const auto read = decode(text, from, equals, name); !read) return read;
    if (const auto read = decode(text, std::min(equals + 1, to), to, value); !read) return read;
    if (from != to)
      take(rules, values, errors, empty, name,
           value); // "a=1&&b=2": an empty text between two '&' is not a pair
    from = to + 1;
  }
  note_missing(rules, values, errors);
  return {};
}

} // namespace

result<void> read_form(std::span<char> text, std::span<const field_rule> rules, std::span<field_value> values,
                       std::vector<field_error>& errors) {
  if (const reading read = read_pairs(text, rules, values, errors, empty_value::is_text); !read)
    return malformed("malformed_form", read.error().offset, read.error().why);
  return {};
}

result<void> read_query(std::string_view query, std::string& storage, std::span<const field_rule> rules,
                        std::span<field_value> values, std::vector<field_error>& errors) {
  storage.assign(query);
  if (const reading read = read_pairs(storage, rules, values, errors, empty_value::is_none); !read)
    return malformed("malformed_query", read.error().offset, read.error().why);
  return {};
}

} // namespace invited::handlers
