#pragma once

#include "handlers/http/request.hpp"

namespace invited::handlers {

/// Whether a person may see the answer to this request for a link, so that it counts as the link's view. A
/// HEAD, a browser that loads a page in advance (Sec-Purpose, Purpose) and a program that calls itself a
/// preview or a crawler show it to nobody. A program that calls itself a browser cannot be told apart, so a
/// view says that somebody may have seen the page, and not that the patient has.
bool somebody_looks(const request& r);

} // namespace invited::handlers
