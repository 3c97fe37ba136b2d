#pragma once

#include "store/invites/invites.hpp"

#include <string>

namespace invited::handlers {

/// Appends an invite as those who manage it see it: states and times, the patient's name, e-mail and phone
/// with their middle hidden, and never a link.
void append_invite(std::string& out, const store::invite_details& invite);

/// The ref of the invite that took its place; empty where none did.
std::string successor_of(const store::invite_details& invite);

/// "a***@example.org": enough to tell two patients apart, too little to write to one.
std::string mask_email(std::string_view email);

/// "*******0123": the last four digits.
std::string mask_phone(std::string_view phone);

} // namespace invited::handlers
