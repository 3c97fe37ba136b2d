#pragma once

#include "store/audit/audit_log.hpp"

namespace invited::handlers {

class json_writer;

/// Writes an event of the audit as `GET /audit` shows it.
void write_event(json_writer& to, const store::audit_event& e);

} // namespace invited::handlers
