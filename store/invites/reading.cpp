#include "store/invites/reading.hpp"

#include "store/base/packed_time.hpp"

#include <cstring>
#include <string>
#include <utility>

namespace invited::store {
namespace {

/// Reads an opened record. No copy of the plain text stays in freed memory.
result<patient_record> read_record(result<std::string>&& plain) {
  if (!plain) return plain.error();
  std::optional<patient_record> record = decode_patient_record(*plain);
  wipe({reinterpret_cast<std::uint8_t*>(plain->data()), plain->size()});
  if (!record) return errc::corrupt;
  return std::move(*record);
}

} // namespace

std::optional<session> read_session(std::string_view value) {
  session s{};
  if (value.size() < session_times + s.jti.size() + s.signed_under.size()) return {};
  s.redeemed_at = packed_time(value, 0);
  s.expires_at = packed_time(value, packed_time_size);
  std::memcpy(s.jti.data(), value.data() + session_times, s.jti.size());
  std::memcpy(s.signed_under.data(), value.data() + session_times + s.jti.size(), s.signed_under.size());
  return s;
}

result<patient_record> open_record(sealer& seals, const handle& h, const ledger& l) {
  return read_record(seals.open(seal_kind::record, l.sealed_under, h, l.provider_id, l.sealed));
}

result<patient_record> open_record(sealer& seals, const handle_key& key, const ledger& l) {
  return read_record(seals.open(seal_kind::record, l.sealed_under, key, l.provider_id, l.sealed));
}

result<invite_view> view_of(sealer& seals, const handle_key& key, invite_state state, bool own_session,
                            const ledger& l) {
  invite_view seen{state, own_session, std::string(l.provider_id), l.expires_at, l.locked_at != 0};
  if (l.is_erased()) return seen;
  result<patient_record> record = open_record(seals, key, l);
  if (!record) return record.error();
  seen.locale = std::move(record->person.locale);
  if (record->challenge) seen.asks_for = record->challenge->kind;
  return seen;
}

} // namespace invited::store
