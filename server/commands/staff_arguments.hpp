#pragma once

#include "server/config/parsed.hpp"
#include "server/config/sources.hpp"

#include <string>
#include <string_view>
#include <vector>

// Arguments that all commands about staff take: --role and --provider.
namespace invited::server {

parsed<std::string> parse_role(std::string_view text);

/// Every --provider; invalid ones, and too many, are added to the errors.
std::vector<std::string> read_staff_providers(const settings& given, findings& found);

/// Checks that role and providers fit together: an admin acts for all providers, everybody else for some.
/// `role` may be empty; that error was reported already.
void check_staff_scope(std::string_view role, const settings& given, findings& found);

} // namespace invited::server
