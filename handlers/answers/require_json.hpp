#pragma once

#include "handlers/answers/answer.hpp"

namespace invited::handlers {

/// Whether the content is JSON by its media type. Otherwise 415, with the field Accept, which that status
/// owes (RFC 9110 §15.5.16).
step<> require_json(const request& r);

} // namespace invited::handlers
