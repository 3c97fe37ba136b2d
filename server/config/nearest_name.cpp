#include "server/config/nearest_name.hpp"

#include "store/base/ascii.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace invited::server {

namespace {

constexpr std::size_t longest_name = 64;

std::string as_option(std::string_view name) {
  std::string out = store::ascii_lower(name);
  std::ranges::replace(out, '_', '-');
  return out;
}

} // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
    }
  }
  return row.back();
}

std::string_view nearest_name(std::string_view name, std::span<const option_info> known) {
  if (name.empty() || name.size() > longest_name) return {};
  const auto meant = as_option(name);
  std::string_view best;
  // Up to a third of the letters, and at least two, may be wrong in a slip; more make another word.
  std::size_t best_distance = std::max<std::size_t>(2, meant.size() / 3) + 1;
  for (const auto& option : known) {
    // `jwt-secret` means jwt-secret-file, even if much is missing.
    const bool shortened = option.name.starts_with(meant + "-");
    const auto distance = shortened ? 1 : edit_distance(meant, option.name);
    // If all but one letter are wrong, it is not a slip either.
    if (distance < best_distance && distance < option.name.size() - 1) {
      best = option.name;
      best_distance = distance;
    }
  }
  return best;
}

std::string suggestion(std::string_view name, std::span<const option_info> known, std::string_view prefix) {
  const auto near = nearest_name(name, known);
  if (near.empty()) return {};
  return " (did you mean " + std::string{prefix} + std::string{near} + "?)";
}

} // namespace invited::server
