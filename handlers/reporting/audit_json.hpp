#pragma once

#include "store/audit/audit_log.hpp"

#include <string>

namespace invited::handlers {

/// Appends an event of the audit as `GET /audit` shows it.
void append_event(std::string& out, const store::audit_event& e);

} // namespace invited::handlers
