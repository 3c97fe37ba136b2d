#pragma once

#include "handlers/making/create_input.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>

namespace invited::handlers {

/// Finds rows of one bulk call that are for the same patient, which is allowed and often a mistake: the same
/// provider, e-mail address (but for the case of ASCII letters; without one, the phone number) and names. One
/// object a call.
class row_twins {
public:
  /// Notes the row, and returns the first row for the same patient if that is another one.
  std::optional<std::size_t> first_before(const create_input& row, std::size_t index);

private:
  std::unordered_map<std::string, std::size_t> first_;
};

} // namespace invited::handlers
