#pragma once

#include "store/invites/patient_record.hpp"

namespace invited::handlers {

class json_writer;

/// Writes the patient as the redeem and session calls show it: {email, first_name, last_name, phone,
/// locale}.
void write_patient(json_writer& to, const store::patient& person);

} // namespace invited::handlers
