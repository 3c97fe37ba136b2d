#pragma once

#include "server/config/options.hpp"
#include "server/config/sources.hpp"

#include <set>
#include <string_view>

namespace invited::server {

/// Checks of several options together: values that contradict each other (errors), or that work but are
/// probably not meant (warnings). Rules about an option in `unread` are left out: its text was refused, so
/// its value means nothing.
void check_together(const options& values, const settings& given, const std::set<std::string_view>& unread,
                    findings& found);

} // namespace invited::server
