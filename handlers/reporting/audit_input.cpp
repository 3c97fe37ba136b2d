#include "handlers/reporting/audit_input.hpp"

#include "handlers/auth/query_judge.hpp"
#include "handlers/fields/form.hpp"
#include "handlers/values/managed_ref.hpp"
#include "store/crypto/base64url.hpp"

#include <algorithm>
#include <array>

namespace invited::handlers {
namespace {

enum : std::size_t { provider_id, ref, from, to, cursor, field_count };

constexpr std::array<field_rule, field_count> audit_fields{{
    {.name = "provider_id"},
    {.name = "ref"},
    {.name = "from"},
    {.name = "to"},
    {.name = "cursor"},
}};

bool read_cursor(std::string_view text, store::audit_position& out) {
  std::array<std::uint8_t, 2 * position_size> bytes;
  if (!store::base64url::decode_into(text, bytes)) return false;
  const std::span<const std::uint8_t, 2 * position_size> both(bytes);
  out = {position_in(both.first<position_size>()), position_in(both.last<position_size>())};
  return true;
}

} // namespace

result<void> read_audit_query(std::string_view query, const principal& who, audit_input& out) {
  std::array<field_value, field_count> values{};
  std::vector<field_error> errors;
  if (auto read = read_query(query, out.storage, audit_fields, values, errors); !read) return read;
  store::audit_query& q = out.query;
  std::optional<store::invite_ref> of;
  std::optional<std::int64_t> after;
  query_judge j(audit_fields, values, errors);
  j.take_provider(provider_id, who, q.provider_id);
  j.take(ref, "invalid_ref", "This must be a ref or an invite_id.",
         [&of](std::string_view text) { return (of = parse_managed(text)).has_value(); });
  j.take_time(from, after);
  j.take_time(to, q.to);
  j.take(cursor, "invalid_cursor", "This must be the next_cursor of an earlier answer.",
         [&q](std::string_view text) { return read_cursor(text, q.before); });
  if (!errors.empty()) return invalid_content(std::move(errors));
  q.from = std::max<std::int64_t>(after.value_or(0), 0);
  if (of) {
    q.of = of->h;
    out.nothing = of->tag != store::group_of(q.provider_id);
  }
  return {};
}

std::string cursor_text(const store::audit_position& at) {
  std::string bytes;
  append_position(bytes, at.events);
  append_position(bytes, at.creations);
  return store::base64url::encode(store::as_bytes(bytes));
}

} // namespace invited::handlers
