#include "store/invites/patient_record.hpp"

#include "store/base/packed_text.hpp"

#include <array>
#include <cstring>

namespace invited::store {
namespace {

constexpr char without_challenge = 1, with_challenge = 2; // versions

bool take_challenge(std::string_view& rest, std::optional<challenge>& out) {
  std::string kind, answer;
  if (!take_text(rest, kind) || !take_text(rest, answer)) return false;
  const std::optional<challenge_kind> known = challenge_kind_named(kind);
  if (known) out = challenge{*known, std::move(answer)};
  return known.has_value();
}

std::array<std::string_view, 6> texts_of(const record_fields& f) {
  return {f.email, f.first_name, f.last_name, f.phone, f.locale, f.creator};
}

} // namespace

void append_record(std::string& out, const invite_id& id, const record_fields& fields) {
  out += fields.challenge == nullptr ? without_challenge : with_challenge;
  out += as_text(bytes_view(id.data, sizeof id.data));
  for (const std::string_view text : texts_of(fields)) append_text(out, text);
  if (fields.challenge != nullptr) {
    append_text(out, name_of(fields.challenge->kind));
    append_text(out, fields.challenge->answer);
  }
}

std::size_t record_size(const record_fields& fields) {
  std::size_t size = 1 + sizeof(invite_id);
  for (const std::string_view text : texts_of(fields)) size += text_size(text);
  if (fields.challenge != nullptr)
    size += text_size(name_of(fields.challenge->kind)) + text_size(fields.challenge->answer);
  return size;
}

std::optional<patient_record> decode_patient_record(std::string_view plain) {
  patient_record r;
  if (plain.size() < 1 + sizeof r.id.data) return {};
  const char version = plain[0];
  if (version != without_challenge && version != with_challenge) return {};
  std::memcpy(r.id.data, plain.data() + 1, sizeof r.id.data);
  plain.remove_prefix(1 + sizeof r.id.data);
  patient& p = r.person;
  for (std::string* text : {&p.email, &p.first_name, &p.last_name, &p.phone, &p.locale, &r.creator}) {
    if (!take_text(plain, *text)) return {};
  }
  if (version == with_challenge && !take_challenge(plain, r.challenge)) return {};
  if (!plain.empty()) return {};
  return r;
}

} // namespace invited::store
