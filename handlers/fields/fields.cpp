#include "handlers/fields/fields.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <system_error>
#include <utility>

namespace invited::handlers {

namespace {

constexpr std::size_t longest_repeated_name = 64;

bool about_a_name(const field_error& e) {
  return e.code == "unknown_field" || e.code == "duplicate_field";
}

void note_name(std::vector<field_error>& errors, std::string_view name, std::string_view within,
               std::string_view code, std::string_view message) {
  if (std::count_if(errors.begin(), errors.end(), about_a_name) >=
      static_cast<std::ptrdiff_t>(most_name_errors))
    return;
  std::string pointer;
  if (name.size() <= longest_repeated_name) {
    pointer = pointer_to(name, within);
  } else if (!within.empty()) {
    pointer = pointer_to(within);
  }
  errors.push_back({std::move(pointer), code, std::string(message)});
}

void append_step(std::string& pointer, std::string_view name) {
  pointer += '/';
  for (const char c : name) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
}

} // namespace

std::size_t find_rule(std::span<const field_rule> rules, std::string_view name, std::string_view within) {
  const auto at = std::find_if(rules.begin(), rules.end(), [name, within](const field_rule& r) {
    return r.name == name && r.within == within;
  });
  return static_cast<std::size_t>(at - rules.begin());
}

void note_unknown(std::vector<field_error>& errors, std::string_view name, std::string_view within) {
  const bool marked = name.find("\xEF\xBB\xBF") != std::string_view::npos; // nobody would see it
  note_name(errors, name, within, "unknown_field",
            marked ? "There is no field of this name here; it holds a byte order mark (U+FEFF)."
                   : "There is no field of this name here.");
}

void note_duplicate(std::vector<field_error>& errors, std::string_view name, std::string_view within) {
  note_name(errors, name, within, "duplicate_field", "This field may be there only once.");
}

void note_missing(std::span<const field_rule> rules, std::span<const field_value> values,
                  std::vector<field_error>& errors, std::string_view within) {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (!rules[i].required || values[i].seen || rules[i].within != within) continue;
    errors.push_back({pointer_to(rules[i]), "required", "This field is required."});
  }
}

void note(std::vector<field_error>& errors, const field_rule& about, checked<> found) {
  if (found) return;
  flaw is = std::move(found).error();
  errors.push_back({pointer_to(about), is.code, std::move(is.message)});
}

void note(std::vector<field_error>& errors, std::string_view pointer, checked<> found) {
  if (found) return;
  flaw is = std::move(found).error();
  errors.push_back({std::string(pointer), is.code, std::move(is.message)});
}

bool read_integer(std::string_view text, std::int64_t& out) {
  const bool negative = !text.empty() && text.front() == '-';
  const std::string_view digits = text.substr(negative ? 1 : 0);
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) return false;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  using limits = std::numeric_limits<std::int64_t>;
  if (error == std::errc::result_out_of_range) out = negative ? limits::min() : limits::max();
  return true;
}

namespace {

/// A number as it is written: its digits without the point, and how many of them stand before the point once
/// the exponent has moved it. That may be more than there are, or fewer than none.
struct decimal {
  std::string_view whole, fraction;
  std::int64_t before_point;

  std::size_t size() const { return whole.size() + fraction.size(); }
  unsigned digit(std::size_t i) const {
    const char c = i < whole.size() ? whole[i] : fraction[i - whole.size()];
    return static_cast<unsigned>(c - '0');
  }
};

decimal take_apart(std::string_view number) {
  const std::size_t e = std::min(number.find_first_of("eE"), number.size());
  const std::size_t point = std::min(number.find('.'), e);
  decimal d{number.substr(0, point), number.substr(std::min(point + 1, e), e - std::min(point + 1, e)), 0};
  constexpr std::int64_t beyond = 1'000'000'000; // any body
  std::int64_t exponent = 0;
  if (e < number.size()) {
    std::string_view digits = number.substr(e + 1);
    if (digits.starts_with('+')) digits.remove_prefix(1);
    read_integer(digits, exponent);
  }
  d.before_point = static_cast<std::int64_t>(d.whole.size()) + std::clamp(exponent, -beyond, beyond);
  return d;
}

} // namespace

bool read_json_integer(std::string_view text, std::int64_t& out) {
  if (read_integer(text, out)) return true; // as nearly always
  const bool negative = text.starts_with('-');
  const decimal d = take_apart(text.substr(negative ? 1 : 0));
  constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  std::uint64_t magnitude = 0;
  const auto size = static_cast<std::int64_t>(d.size());
  for (std::int64_t i = 0; i < size; ++i) {
    const unsigned digit = d.digit(static_cast<std::size_t>(i));
    if (i >= d.before_point && digit != 0) return false;
    if (i < d.before_point) magnitude = magnitude > most / 10 ? most : std::min(magnitude * 10 + digit, most);
  }
  for (std::int64_t i = size; i < d.before_point && magnitude > 0 && magnitude < most; ++i)
    magnitude = magnitude > most / 10 ? most : magnitude * 10;
  out = negative ? -static_cast<std::int64_t>(magnitude) : static_cast<std::int64_t>(magnitude);
  return true;
}

std::string pointer_to(std::string_view name, std::string_view within) {
  std::string pointer;
  if (!within.empty()) append_step(pointer, within);
  append_step(pointer, name);
  return pointer;
}

std::string pointer_to(const field_rule& rule) {
  return pointer_to(rule.name, rule.within);
}

problem malformed(std::string_view code, std::size_t offset, std::string_view why) {
  std::string detail = "At byte " + std::to_string(offset) + ": ";
  detail += why;
  return {.status = 400, .code = code, .detail = std::move(detail)};
}

problem invalid_content(std::vector<field_error> errors) {
  return {.status = 422,
          .code = "invalid_content",
          .detail = errors.size() == 1 ? "One value in the request's content is wrong; see errors."
                                       : "Several values in the request's content are wrong; see errors.",
          .errors = std::move(errors)};
}

} // namespace invited::handlers
