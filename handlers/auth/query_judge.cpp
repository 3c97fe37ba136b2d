#include "handlers/auth/query_judge.hpp"

#include "handlers/time/time_text.hpp"
#include "handlers/values/values.hpp"
#include "store/base/packed_number.hpp"

#include <boost/endian/conversion.hpp>

namespace invited::handlers {

void query_judge::take_time(std::size_t field, std::optional<std::int64_t>& out) {
  take(field, "invalid_time",
       "This must be a time such as 2026-01-31T09:05:00Z (RFC 3339), or a date such as 2026-01-31.",
       [&out](std::string_view text) { return (out = read_query_time(text)).has_value(); });
}

void query_judge::take_provider(std::size_t field, const principal& who, std::string_view& out) {
  const field_value& named = values_[field];
  if (named.good()) {
    out = named.text;
    note(errors_, rules_[field], check_provider_id(named.text));
  } else if (who.providers.size() == 1) {
    out = who.providers.front();
  } else {
    errors_.push_back({pointer_to(rules_[field].name), "required",
                       "Name the provider, because this token is valid for several."});
  }
}

void append_position(std::string& out, const store::index_position& at) {
  for (const std::uint64_t half : {at.ms, at.seq}) store::append_number(out, half, sizeof half);
}

store::index_position position_in(std::span<const std::uint8_t, position_size> bytes) {
  using boost::endian::load_big_u64;
  return {.ms = load_big_u64(bytes.data()), .seq = load_big_u64(bytes.data() + sizeof(std::uint64_t))};
}

} // namespace invited::handlers
