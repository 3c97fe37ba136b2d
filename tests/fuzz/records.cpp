#include "store/invites/patient_record.hpp"
#include "store/keys/index_position.hpp"
#include "store/providers/provider_settings.hpp"
#include "store/staff/account.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <string>

using namespace invited;
using namespace invited::store;
using namespace invited::fuzz;

namespace {

std::string encoded(const patient_record& r) {
  std::string out;
  const record_fields fields{r.person.email,
                             r.person.first_name,
                             r.person.last_name,
                             r.person.phone,
                             r.person.locale,
                             r.creator,
                             r.challenge ? &*r.challenge : nullptr,
                             r.external_id};
  append_record(out, r.id, fields);
  demand(out.size() == record_size(fields), "a record's size was foretold");
  return out;
}

} // namespace

/// What is kept packed or sealed, and ids of streams. Later versions may append to a record, so what is read
/// is the beginning of what is written. Written and read again, it is the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of(data, size);
  if (const auto record = decode_patient_record(text)) {
    const std::string again = encoded(*record);
    const auto second = decode_patient_record(again);
    demand(second && encoded(*second) == again, "a record is written as it was read");
    demand(second->external_id == record->external_id &&
               second->challenge.has_value() == record->challenge.has_value(),
           "nothing of a record is lost");
    constexpr char tagged = 5;
    demand((text[0] == tagged) == !record->external_id.empty(), "only a tagged record has an external id");
    if (text[0] == tagged) demand(again == text, "a tagged record has one form");
  }
  if (const auto set = decode_provider_settings(text)) {
    const auto second = decode_provider_settings(encode(*set));
    demand(encode(*set).empty() || (second && encode(*second) == encode(*set)),
           "settings are written as they were read");
  }
  if (const auto who = decode_account(text)) {
    const auto second = decode_account(encode(*who));
    demand(second && *second == *who, "an account is written as it was read");
  }
  if (const auto at = parse_index_position(text))
    demand(parse_index_position(to_text(*at)) == at, "a place is written as it was read");
  return 0;
}
