#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace invited::handlers {

/// A code as servers before the commit "Fold a code's capitals in every script" normalised it. An invite that
/// they made keeps the hash of this form, so it opens by this form only. Nothing if they would have refused
/// the text. The rules here never change. They can go when no such invite is open any more, which is
/// --ttl-max after the last such server has stopped.
std::optional<std::string> read_older_code(std::string_view text);

} // namespace invited::handlers
