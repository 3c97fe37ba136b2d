#pragma once

#include "store/keys/invite_id.hpp"

#include <optional>
#include <string_view>

namespace invited::handlers {

/// The invite that a management path names: by its ref, or by its id. Nothing if the text is neither.
std::optional<store::invite_ref> parse_managed(std::string_view text);

} // namespace invited::handlers
