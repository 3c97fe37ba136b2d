#include "handlers/managing/invite_json.hpp"

#include "handlers/text/json_text.hpp"
#include "handlers/time/time_text.hpp"

#include <algorithm>

namespace invited::handlers {
namespace {

using store::invite_details;
using store::invite_state;

void append_when(std::string& out, std::string_view quoted_name, std::int64_t ms) {
  out += quoted_name;
  if (ms == 0) {
    out += "null";
    return;
  }
  out += '"';
  append_time(out, ms);
  out += '"';
}

/// The time of the end, where it was this end.
std::int64_t ended_as(const invite_details& invite, invite_state how) {
  return invite.state == how ? invite.ended_at : 0;
}

void append_person(std::string& out, const invite_details& invite) {
  out += R"(,"patient":)";
  if (!invite.record) { // erased
    out += "null";
    return;
  }
  const store::patient& person = invite.record->person;
  append_json_member(out, R"({"name":)", person.first_name + ' ' + person.last_name);
  append_json_member(out, R"(,"email_masked":)", mask_email(person.email));
  append_json_member(out, R"(,"phone_masked":)", mask_phone(person.phone));
  out += '}';
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

void append_invite(std::string& out, const invite_details& invite) {
  append_json_member(out, R"({"ref":)", to_text(invite.ref));
  append_json_member(out, R"(,"provider_id":)", invite.provider_id);
  append_json_member(out, R"(,"state":)", name_of(invite.state));
  append_json_member(out, R"(,"created_by":)", invite.record ? std::string_view(invite.record->creator) : "");
  append_when(out, R"(,"created_at":)", invite.created_at);
  append_when(out, R"(,"expires_at":)", invite.expires_at);
  append_when(out, R"(,"viewed_at":)", invite.viewed_at);
  append_when(out, R"(,"redeemed_at":)", ended_as(invite, invite_state::redeemed));
  append_when(out, R"(,"revoked_at":)", ended_as(invite, invite_state::revoked));
  append_json_member(out, R"(,"replaced_by":)", successor_of(invite));
  append_when(out, R"(,"asked_at":)", invite.asked_at);
  append_when(out, R"(,"locked_at":)", invite.locked_at);
  append_person(out, invite);
  out += R"(,"delivery":null})";
}

} // namespace invited::handlers
