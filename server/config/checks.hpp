#pragma once

#include "server/config/options.hpp"
#include "server/config/sources.hpp"

#include <set>
#include <string_view>

namespace invited::server {

/// What no option can tell alone: values that contradict each other (errors), or that work but are hardly
/// meant (warnings). Rules about an option in `unread`, whose text was refused, are left out: its value means
/// nothing.
void check_together(const options& values, const settings& given, const std::set<std::string_view>& unread,
                    findings& found);

} // namespace invited::server
