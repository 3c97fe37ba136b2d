#pragma once

#include "handlers/answers/answer.hpp"

namespace invited::handlers {

/// For a call without fields: whether it has no content, or content without members. Otherwise the same
/// answers as a call with fields gives to one that it does not know, so that no wish is ignored silently.
/// `takes_forms` says whether the content may also be a form.
step<> require_no_fields(const request& r, bool takes_forms);

} // namespace invited::handlers
