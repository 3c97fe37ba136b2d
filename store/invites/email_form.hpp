#pragma once

#include <string>
#include <string_view>

namespace invited::store {

/// An e-mail address as it is compared: without case, accents composed (NFC), and the domain by its A-labels
/// (RFC 5891, after the mapping of UTS #46), so that x@Exämple.org and x@xn--exmple-cua.org are one. The
/// domain of an address that IDNA refuses is only put in small letters. For ASCII it asks no library. `email`
/// is UTF-8 without NUL.
std::string email_form(std::string_view email);

/// The same as servers before the commit "Compare e-mail addresses by the A-labels of their domain" wrote it:
/// only ASCII letters have no case. An index in a ledger never changes, so a search looks for both.
std::string older_email_form(std::string_view email);

} // namespace invited::store
