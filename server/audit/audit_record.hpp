#pragma once

#include "store/audit/audit_buffer.hpp"
#include "store/crypto/sealer.hpp"
#include "store/resp/reply.hpp"

#include <string>

namespace invited::server {

// The members of a line of the audit file (audit_chain.hpp). They are written by hand, because they are no
// document of their own, and the texts of a damaged entry may be no UTF-8, which handlers::json_writer
// demands.

/// Appends one entry of a stream ({id, {field, value, ...}}) as members of a JSON object, without braces:
///
///     "at" "action" "provider_id" "ref" "role" "subject" "address" "outcome" "count" "stream" "entry"
///
/// `count` is there only if an entry stands for more than one event. `stream` and `entry` name the entry for
/// ever, so that one that was written twice can be recognised. If the actor cannot be opened, its three
/// members are null, and "unopened" (why) and "sealed" (base64url) follow, in case the key is found again. An
/// entry that is not an event has the action `malformed` and "raw", its first bytes.
void append_audit_record(std::string& out, const store::audit_stream& from, const store::redis::node& entry,
                         store::sealer& seals);

/// Appends the members of a note by the server itself: "at" and "note".
void append_note(std::string& out, std::int64_t ms, std::string_view note);

} // namespace invited::server
