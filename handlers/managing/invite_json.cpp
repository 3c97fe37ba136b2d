#include "handlers/managing/invite_json.hpp"

#include "handlers/text/json_writer.hpp"
#include "handlers/time/time_text.hpp"

#include <algorithm>

namespace invited::handlers {
namespace {

using store::invite_details;
using store::invite_state;

/// A time, or null if it is 0.
void write_when(json_writer& to, std::string_view name, std::int64_t ms) {
  if (ms == 0) return to.null_member(name);
  to.member(name, time_text(ms));
}

/// The time of the end if the invite ended as `how`, otherwise 0.
std::int64_t ended_as(const invite_details& invite, invite_state how) {
  return invite.state == how ? invite.ended_at : 0;
}

void write_person(json_writer& to, const invite_details& invite) {
  if (!invite.record) return to.null_member("patient"); // erased
  const store::patient& person = invite.record->person;
  to.name("patient");
  to.open_object();
  to.member("name", person.first_name + ' ' + person.last_name);
  to.member("email_masked", mask_email(person.email));
  to.member("phone_masked", mask_phone(person.phone));
  to.close_object();
}

/// How the patient is spoken to, and which fact the link asks for. The fact itself is never shown.
void write_terms(json_writer& to, const invite_details& invite) {
  to.member("locale", invite.record ? std::string_view(invite.record->person.locale) : "");
  if (!invite.record || !invite.record->challenge) return to.null_member("challenge");
  to.member("challenge", text_members{{"kind", std::string(name_of(invite.record->challenge->kind))}});
}

/// The length of the first character of UTF-8 text.
std::size_t first_character(std::string_view text) {
  std::size_t n = text.empty() ? 0 : 1;
  while (n < text.size() && (static_cast<unsigned char>(text[n]) & 0xc0) == 0x80) ++n;
  return n;
}

} // namespace

std::string successor_of(const invite_details& invite) {
  if (!invite.successor) return {};
  const store::invite_ref successor{invite.ref.tag, *invite.successor};
  return to_text(successor);
}

std::string mask_email(std::string_view email) {
  const std::size_t at = email.rfind('@');
  if (at == email.npos) return {};
  std::string masked(email.substr(0, std::min(first_character(email), at)));
  masked += "***";
  masked += email.substr(at);
  return masked;
}

std::string mask_phone(std::string_view phone) {
  constexpr std::size_t shown = 4;
  if (phone.size() <= shown) return std::string(phone.size(), '*');
  return std::string(phone.size() - shown, '*').append(phone.substr(phone.size() - shown));
}

void write_invite(json_writer& to, const invite_details& invite) {
  to.open_object();
  to.member("ref", to_text(invite.ref));
  to.member("provider_id", invite.provider_id);
  to.member("external_id", invite.record ? std::string_view(invite.record->external_id) : "");
  to.member("state", name_of(invite.state));
  to.member("created_by", invite.record ? std::string_view(invite.record->creator) : "");
  write_when(to, "created_at", invite.created_at);
  write_when(to, "expires_at", invite.expires_at);
  write_when(to, "viewed_at", invite.viewed_at);
  write_when(to, "redeemed_at", ended_as(invite, invite_state::redeemed));
  write_when(to, "revoked_at", ended_as(invite, invite_state::revoked));
  to.member("replaced_by", successor_of(invite));
  write_when(to, "asked_at", invite.asked_at);
  write_when(to, "locked_at", invite.locked_at);
  write_terms(to, invite);
  write_person(to, invite);
  to.null_member("delivery");
  to.close_object();
}

} // namespace invited::handlers
