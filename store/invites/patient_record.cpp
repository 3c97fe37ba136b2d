#include "store/invites/patient_record.hpp"

#include "store/base/packed_text.hpp"

#include <array>
#include <cstring>

namespace invited::store {
namespace {

constexpr char long_lengths = 1, long_lengths_with_challenge = 2, short_lengths = 3,
               short_lengths_with_challenge = 4; // versions

/// Takes texts off a record of one version.
class text_reader {
public:
  text_reader(char version, std::string_view rest) : short_(version >= short_lengths), rest_(rest) {}

  bool take(std::string& out) { return short_ ? take_short_text(rest_, out) : take_text(rest_, out); }
  bool at_end() const { return rest_.empty(); }

private:
  bool short_;
  std::string_view rest_;
};

bool take_challenge(text_reader& from, std::optional<challenge>& out) {
  std::string kind, answer;
  if (!from.take(kind) || !from.take(answer)) return false;
  const std::optional<challenge_kind> known = challenge_kind_named(kind);
  if (known) out = challenge{*known, std::move(answer)};
  return known.has_value();
}

std::array<std::string_view, 6> texts_of(const record_fields& f) {
  return {f.email, f.first_name, f.last_name, f.phone, f.locale, f.creator};
}

} // namespace

void append_record(std::string& out, const invite_id& id, const record_fields& fields) {
  out += fields.challenge == nullptr ? short_lengths : short_lengths_with_challenge;
  out += as_text(bytes_of(id));
  for (const std::string_view text : texts_of(fields)) append_short_text(out, text);
  if (fields.challenge != nullptr) {
    append_short_text(out, name_of(fields.challenge->kind));
    append_short_text(out, fields.challenge->answer);
  }
}

std::size_t record_size(const record_fields& fields) {
  std::size_t size = 1 + sizeof(invite_id);
  for (const std::string_view text : texts_of(fields)) size += short_text_size(text);
  if (fields.challenge != nullptr)
    size += short_text_size(name_of(fields.challenge->kind)) + short_text_size(fields.challenge->answer);
  return size;
}

std::optional<patient_record> decode_patient_record(std::string_view plain) {
  patient_record r;
  if (plain.size() < 1 + id_size) return {};
  const char version = plain[0];
  if (version < long_lengths || version > short_lengths_with_challenge) return {};
  std::memcpy(bytes_of(r.id).data(), plain.data() + 1, id_size);
  text_reader from(version, plain.substr(1 + id_size));
  patient& p = r.person;
  for (std::string* text : {&p.email, &p.first_name, &p.last_name, &p.phone, &p.locale, &r.creator}) {
    if (!from.take(*text)) return {};
  }
  const bool asks = version == long_lengths_with_challenge || version == short_lengths_with_challenge;
  if (asks && !take_challenge(from, r.challenge)) return {};
  if (!from.at_end()) return {};
  return r;
}

} // namespace invited::store
