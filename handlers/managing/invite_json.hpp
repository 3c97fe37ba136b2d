#pragma once

#include "store/invites/invites.hpp"

#include <string>

namespace invited::handlers {

class json_writer;

/// Writes an invite as staff see it: states and times, the patient's name, and masked e-mail and phone.
/// Never a link.
void write_invite(json_writer& to, const store::invite_details& invite);

/// The ref of the invite that replaced it; empty if none did.
std::string successor_of(const store::invite_details& invite);

/// "a***@example.org": enough to tell two patients apart, but not enough to write to one.
std::string mask_email(std::string_view email);

/// "*******0123": the last four digits.
std::string mask_phone(std::string_view phone);

} // namespace invited::handlers
