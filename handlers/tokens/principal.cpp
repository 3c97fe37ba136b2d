#include "handlers/tokens/principal.hpp"

#include <algorithm>
#include <array>

namespace invited::handlers {
namespace {

constexpr std::array<std::string_view, 4> role_names = {"clinician", "physician", "portal", "admin"};

} // namespace

std::string_view name_of(role r) {
  return role_names[static_cast<std::size_t>(r)];
}

std::optional<role> role_named(std::string_view name) {
  const auto found = std::ranges::find(role_names, name);
  if (found == role_names.end()) return {};
  return static_cast<role>(found - role_names.begin());
}

bool principal::may_use(std::string_view provider_id) const {
  return role == role::admin || std::ranges::find(providers, provider_id) != providers.end();
}

} // namespace invited::handlers
