#include "store/providers/provider_settings.hpp"

#include "store/base/packed_number.hpp"
#include "store/base/packed_text.hpp"

#include <bit>
#include <cstddef>

namespace invited::store {
namespace {

constexpr char version = 1;
constexpr std::size_t fixed_size = 1 + 8 + 4 + 8;

} // namespace

std::string encode(const provider_settings& set) {
  if (set == provider_settings{}) return {};
  std::string out(1, version);
  append_number(out, std::bit_cast<std::uint64_t>(set.per_second.value_or(0)), 8);
  append_number(out, set.burst.value_or(0), 4);
  append_number(out, static_cast<std::uint64_t>(set.ttl.value_or(std::chrono::seconds(0)).count()), 8);
  for (const std::string_view text : {set.name, set.phone, set.time_zone}) append_text(out, text);
  return out;
}

std::optional<provider_settings> decode_provider_settings(std::string_view value) {
  provider_settings set;
  if (value.empty()) return set;
  if (value.size() < fixed_size || value[0] != version) return {};
  if (const auto bits = number_at(value, 1, 8)) set.per_second = std::bit_cast<double>(bits);
  if (const auto burst = number_at(value, 9, 4)) set.burst = static_cast<std::uint32_t>(burst);
  if (const auto ttl = number_at(value, 13, 8)) set.ttl = std::chrono::seconds(ttl);
  value.remove_prefix(fixed_size);
  for (std::string* text : {&set.name, &set.phone, &set.time_zone}) {
    if (!take_text(value, *text)) return {};
  }
  return set;
}

} // namespace invited::store
