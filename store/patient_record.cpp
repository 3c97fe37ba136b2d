#include "store/patient_record.hpp"

#include "store/packed_text.hpp"

#include <cstring>

namespace invited::store {
namespace {

constexpr char without_fact = 1, with_fact = 2; // versions

bool take_fact(std::string_view& rest, std::optional<challenge>& out) {
  std::string kind, answer;
  if (!take_text(rest, kind) || !take_text(rest, answer)) return false;
  const std::optional<challenge_kind> known = challenge_kind_named(kind);
  if (known) out = challenge{*known, std::move(answer)};
  return known.has_value();
}

} // namespace

std::string encode(const invite_id& id, std::string_view email, std::string_view first_name,
                   std::string_view last_name, std::string_view phone, std::string_view locale,
                   std::string_view creator, const challenge* fact) {
  std::string out;
  out.reserve(1 + sizeof id.data + 6 * 2 + email.size() + first_name.size() + last_name.size() +
              phone.size() + locale.size() + creator.size());
  out += fact == nullptr ? without_fact : with_fact;
  out += as_text(bytes_view(id.data, sizeof id.data));
  for (const std::string_view text : {email, first_name, last_name, phone, locale, creator})
    append_text(out, text);
  if (fact != nullptr) {
    append_text(out, name_of(fact->kind));
    append_text(out, fact->answer);
  }
  return out;
}

std::optional<patient_record> decode_patient_record(std::string_view plain) {
  patient_record r;
  if (plain.size() < 1 + sizeof r.id.data) return {};
  const char version = plain[0];
  if (version != without_fact && version != with_fact) return {};
  std::memcpy(r.id.data, plain.data() + 1, sizeof r.id.data);
  plain.remove_prefix(1 + sizeof r.id.data);
  patient& p = r.person;
  for (std::string* text : {&p.email, &p.first_name, &p.last_name, &p.phone, &p.locale, &r.creator}) {
    if (!take_text(plain, *text)) return {};
  }
  if (version == with_fact && !take_fact(plain, r.fact)) return {};
  if (!plain.empty()) return {};
  return r;
}

} // namespace invited::store
