#pragma once

#include "store/invites/patient_record.hpp"

#include <string>

namespace invited::handlers {

/// Appends the patient as the redeem and session calls show it: {email, first_name, last_name, phone,
/// locale}.
void append_patient(std::string& out, const store::patient& person);

} // namespace invited::handlers
