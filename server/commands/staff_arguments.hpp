#pragma once

#include "server/config/parsed.hpp"
#include "server/config/sources.hpp"

#include <string>
#include <string_view>
#include <vector>

// What commands about staff take alike: --role and --provider.
namespace invited::server {

parsed<std::string> parse_role(std::string_view text);

/// Every --provider; what is none goes to the errors.
std::vector<std::string> read_staff_providers(const settings& given, findings& found);

/// Whether role and providers go together: an admin acts for all, everybody else for some. `role` may be
/// empty, which was told already.
void check_staff_scope(std::string_view role, const settings& given, findings& found);

} // namespace invited::server
