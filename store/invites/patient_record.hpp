#pragma once

#include "store/invites/challenge.hpp"
#include "store/keys/invite_id.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace invited::store {

/// The invited patient, as the caller wrote it (the caller has validated and trimmed it).
struct patient {
  std::string email; ///< empty for none
  std::string first_name;
  std::string last_name;
  std::string phone;  ///< E.164, or empty for none
  std::string locale; ///< BCP 47, or empty for none
};

/// The one sealed record of an invite: everything that must not be readable in Redis.
struct patient_record {
  invite_id id{};
  patient person;
  std::string creator;                       ///< the staff subject who made it
  std::optional<store::challenge> challenge; ///< kept so that a successor can ask for the same
  std::string external_id;                   ///< the portal's own reference, or empty for none
};

/// A record to be sealed: views.
struct record_fields {
  std::string_view email;
  std::string_view first_name;
  std::string_view last_name;
  std::string_view phone;
  std::string_view locale;
  std::string_view creator;
  const store::challenge* challenge = nullptr;
  std::string_view external_id{};
};

/// Appends the plain text that is sealed: a version byte, the id's 16 bytes, then each text with its length
/// before it (packed_text.hpp): e-mail, first name, last name, phone, locale, creator. If `challenge` is not
/// null, the name of its kind and the answer follow. Versions 1 and 2 (with a challenge) have lengths of two
/// bytes; they are only read. Versions 3 and 4 have short ones, because a record is padded in steps of 32
/// bytes, and most fit into one step less.
///
/// Version 5 is written where there is an external id, so that older servers read all other records. It is as
/// version 3, and then has tagged texts until its end. Each is a tag (1 byte) and a text, in the order of the
/// tags: 1 external id, 2 name of the challenge's kind, 3 answer. A tag that we do not know is an error.
void append_record(std::string& out, const invite_id& id, const record_fields& fields);

/// How many bytes append_record() appends.
std::size_t record_size(const record_fields& fields);

/// Nothing if the bytes are not such a record.
std::optional<patient_record> decode_patient_record(std::string_view plain);

} // namespace invited::store
