#include "handlers/tokens/token_json.hpp"

#include <algorithm>
#include <charconv>

namespace invited::handlers {
namespace {

/// JSON's numbers are from_chars' numbers (RFC 8259 §6). Nothing if it does not fit a Number.
template <class Number>
std::optional<Number> read_number(const token_member& member) {
  if (member.kind != json_kind::number) return {};
  Number value{};
  const char* const end = member.text.data() + member.text.size();
  const auto [stopped, error] = std::from_chars(member.text.data(), end, value);
  if (error != std::errc{} || stopped != end) return {};
  return value;
}

} // namespace

std::optional<std::int64_t> token_member::whole() const {
  return read_number<std::int64_t>(*this);
}

std::optional<double> token_member::number() const {
  return read_number<double>(*this);
}

bool token_object::read(std::string_view json) {
  text_ = json;
  return parse_json(text_, *this) && good_;
}

const token_member* token_object::find(std::string_view name) const {
  const auto found = std::ranges::find(members_, name, &token_member::name);
  return found == members_.end() ? nullptr : &*found;
}

void token_object::key(std::string_view name) {
  std::vector<std::string_view>& names = names_[depth_ - 1];
  if (names.size() == most_members || std::ranges::find(names, name) != names.end()) good_ = false;
  if (!good_) return;
  names.push_back(name);
  if (depth_ == 1) members_.push_back({.name = name});
}

void token_object::scalar(json_kind kind, std::string_view text) {
  take(kind, text);
}

void token_object::open(json_kind kind) {
  take(kind, {});
  names_[depth_].clear();
  ++depth_;
}

void token_object::close() {
  --depth_;
}

/// A value begins: the whole text, a member, an item of a member's array, or something deeper that is
/// ignored.
void token_object::take(json_kind kind, std::string_view text) {
  if (depth_ == 0 && kind != json_kind::object) good_ = false;
  if (!good_ || depth_ == 0 || depth_ > 2) return;
  token_member& member = members_.back();
  if (depth_ == 1) {
    member.kind = kind;
    member.text = text;
  } else if (kind == json_kind::string) {
    member.items.push_back(text);
  } else {
    member.only_strings = false;
  }
}

} // namespace invited::handlers
