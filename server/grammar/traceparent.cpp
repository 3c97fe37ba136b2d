#include "server/grammar/traceparent.hpp"

#include <algorithm>
#include <cstddef>

namespace invited::server {
namespace {

bool is_lower_hex(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_id(std::string_view text) {
  return is_lower_hex(text) && text.find_first_not_of('0') != text.npos;
}

} // namespace

std::optional<trace_parent> read_traceparent(std::string_view field) {
  constexpr std::size_t size = 55; // vv-tttttttttttttttttttttttttttttttt-ssssssssssssssss-ff
  if (field.size() < size || field[2] != '-' || field[35] != '-' || field[52] != '-') return std::nullopt;
  const std::string_view version = field.substr(0, 2);
  if (!is_lower_hex(version) || version == "ff" || !is_lower_hex(field.substr(53, 2))) return std::nullopt;
  if (field.size() > size && (version == "00" || field[size] != '-')) return std::nullopt;
  const trace_parent parent{field.substr(3, 32), field.substr(36, 16)};
  if (!is_id(parent.trace_id) || !is_id(parent.span_id)) return std::nullopt;
  return parent;
}

} // namespace invited::server
