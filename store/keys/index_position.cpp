#include "store/keys/index_position.hpp"

#include <charconv>

namespace invited::store {

std::string to_text(const index_position& p) {
  return std::to_string(p.ms) + '-' + std::to_string(p.seq);
}

std::optional<index_position> parse_index_position(std::string_view id) {
  index_position p{};
  const char* const end = id.data() + id.size();
  const auto [dash, bad_ms] = std::from_chars(id.data(), end, p.ms);
  if (bad_ms != std::errc{} || dash == end || *dash != '-') return {};
  const auto [stop, bad_seq] = std::from_chars(dash + 1, end, p.seq);
  if (bad_seq != std::errc{} || stop != end) return {};
  return p;
}

} // namespace invited::store
