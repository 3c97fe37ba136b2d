#include "store/invites/patient_record.hpp"

#include "store/base/packed_text.hpp"

#include <array>
#include <cstring>

namespace invited::store {
namespace {

constexpr char long_lengths = 1, long_lengths_with_challenge = 2, short_lengths = 3,
               short_lengths_with_challenge = 4, tagged_texts = 5; // versions

constexpr char external_id_tag = 1, challenge_kind_tag = 2, challenge_answer_tag = 3;

/// Takes texts off a record of one version.
class text_reader {
public:
  text_reader(char version, std::string_view rest) : short_(version >= short_lengths), rest_(rest) {}

  bool take(std::string& out) { return short_ ? take_short_text(rest_, out) : take_text(rest_, out); }
  char take_tag() {
    const char tag = rest_.front();
    rest_.remove_prefix(1);
    return tag;
  }
  bool at_end() const { return rest_.empty(); }

private:
  bool short_;
  std::string_view rest_;
};

bool make_challenge(std::string_view kind, std::string&& answer, std::optional<challenge>& out) {
  const std::optional<challenge_kind> known = challenge_kind_named(kind);
  if (known) out = challenge{*known, std::move(answer)};
  return known.has_value();
}

bool take_challenge(text_reader& from, std::optional<challenge>& out) {
  std::string kind, answer;
  return from.take(kind) && from.take(answer) && make_challenge(kind, std::move(answer), out);
}

/// Each record has one form: no tag comes twice, and there is an external id.
bool take_tagged(text_reader& from, patient_record& out) {
  std::string kind, answer;
  char last = 0;
  while (!from.at_end()) {
    const char tag = from.take_tag();
    if (tag <= last || tag > challenge_answer_tag) return false;
    if (tag == challenge_answer_tag && last != challenge_kind_tag) return false;
    std::string& text = tag == external_id_tag ? out.external_id : tag == challenge_kind_tag ? kind : answer;
    if (!from.take(text)) return false;
    last = tag;
  }
  if (out.external_id.empty()) return false;
  if (last == external_id_tag) return true;
  return last == challenge_answer_tag && make_challenge(kind, std::move(answer), out.challenge);
}

std::array<std::string_view, 6> texts_of(const record_fields& f) {
  return {f.email, f.first_name, f.last_name, f.phone, f.locale, f.creator};
}

} // namespace

void append_record(std::string& out, const invite_id& id, const record_fields& fields) {
  const bool tagged = !fields.external_id.empty();
  out += tagged ? tagged_texts : fields.challenge == nullptr ? short_lengths : short_lengths_with_challenge;
  out += as_text(bytes_of(id));
  for (const std::string_view text : texts_of(fields)) append_short_text(out, text);
  if (tagged) append_short_text(out += external_id_tag, fields.external_id);
  if (fields.challenge != nullptr) {
    if (tagged) out += challenge_kind_tag;
    append_short_text(out, name_of(fields.challenge->kind));
    if (tagged) out += challenge_answer_tag;
    append_short_text(out, fields.challenge->answer);
  }
}

std::size_t record_size(const record_fields& fields) {
  const std::size_t tag = fields.external_id.empty() ? 0 : 1;
  std::size_t size = 1 + sizeof(invite_id);
  for (const std::string_view text : texts_of(fields)) size += short_text_size(text);
  if (tag != 0) size += tag + short_text_size(fields.external_id);
  if (fields.challenge != nullptr)
    size += 2 * tag + short_text_size(name_of(fields.challenge->kind)) +
            short_text_size(fields.challenge->answer);
  return size;
}

std::optional<patient_record> decode_patient_record(std::string_view plain) {
  patient_record r;
  if (plain.size() < 1 + id_size) return {};
  const char version = plain[0];
  if (version < long_lengths || version > tagged_texts) return {};
  std::memcpy(bytes_of(r.id).data(), plain.data() + 1, id_size);
  text_reader from(version, plain.substr(1 + id_size));
  patient& p = r.person;
  for (std::string* text : {&p.email, &p.first_name, &p.last_name, &p.phone, &p.locale, &r.creator}) {
    if (!from.take(*text)) return {};
  }
  const bool asks = version == long_lengths_with_challenge || version == short_lengths_with_challenge;
  if (asks && !take_challenge(from, r.challenge)) return {};
  if (version == tagged_texts && !take_tagged(from, r)) return {};
  if (!from.at_end()) return {};
  return r;
}

} // namespace invited::store
