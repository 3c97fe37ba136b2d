#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace invited::store {

/// The position of an entry in a stream (a provider's index or a group's audit): the two halves of its id.
struct index_position {
  std::uint64_t ms;
  std::uint64_t seq;

  friend bool operator==(const index_position&, const index_position&) = default;
};

/// As Redis writes it: "<ms>-<seq>".
std::string to_text(const index_position& p);
std::optional<index_position> parse_index_position(std::string_view id);

} // namespace invited::store
