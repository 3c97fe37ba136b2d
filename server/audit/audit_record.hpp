#pragma once

#include "store/audit/audit_buffer.hpp"
#include "store/crypto/sealer.hpp"
#include "store/redis/reply.hpp"

#include <string>

namespace invited::server {

/// Appends one entry of a stream ({id, {field, value, ...}}) as members of a JSON object, without braces:
///
///     "at" "action" "provider_id" "ref" "role" "subject" "address" "outcome" "count" "stream" "entry"
///
/// `count` is there only where an entry stands for more than one event.
/// `stream` and `entry` name it for ever, so that one that was written twice can be told. Where the actor
/// does not open these three are null, and "unopened" (why) and "sealed" (base64url) follow, for whoever
/// finds the key again. An entry that is no event at all has the action `malformed` and "raw", the first of
/// its bytes.
void append_audit_record(std::string& out, const store::audit_stream& from, const store::redis::node& entry,
                         store::sealer& seals);

/// Appends the members of a note of the server's own: "at" and "note".
void append_note(std::string& out, std::int64_t ms, std::string_view note);

} // namespace invited::server
