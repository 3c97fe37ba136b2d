#include "server/commands/staff_arguments.hpp"

#include "handlers/tokens/staff_claims.hpp"
#include "handlers/values/values.hpp"

namespace invited::server {

parsed<std::string> parse_role(std::string_view text) {
  if (handlers::role_named(text)) return std::string{text};
  return fault::because(in_quotes(text) + " is not one of clinician, physician, portal, admin");
}

std::vector<std::string> read_staff_providers(const settings& given, findings& found) {
  std::vector<std::string> all;
  for (const auto& text : given["provider"]) {
    if (handlers::check_provider_id(text.value)) {
      all.push_back(text.value);
      continue;
    }
    found.errors.push_back(text.source + ": " + in_quotes(text.value) +
                           " is not a provider_id (1 to 64 of A-Z a-z 0-9 . _ : -)");
  }
  if (given["provider"].size() > handlers::most_providers)
    found.errors.push_back("--provider: more than " + std::to_string(handlers::most_providers) + " of them");
  return all;
}

void check_staff_scope(std::string_view role, const settings& given, findings& found) {
  const auto providers = given["provider"];
  if (role == "admin" && !providers.empty())
    found.errors.emplace_back("--provider: an admin acts for all providers, so do not name any");
  if (role != "admin" && !role.empty() && providers.empty())
    found.errors.emplace_back("--provider is required (repeat it for several)");
}

} // namespace invited::server
