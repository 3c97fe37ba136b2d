#include "handlers/managing/list_input.hpp"

#include "handlers/auth/query_judge.hpp"
#include "handlers/fields/form.hpp"
#include "handlers/values/values.hpp"
#include "store/crypto/base64url.hpp"

#include <array>

namespace invited::handlers {
namespace {

constexpr std::int64_t most_invites = 200;

enum : std::size_t {
  provider_id,
  state,
  locked,
  asked,
  email,
  external_id,
  created_after,
  created_before,
  limit,
  cursor,
  field_count
};

constexpr std::array<field_rule, field_count> list_fields{{
    {.name = "provider_id"},
    {.name = "state"},
    {.name = "locked"},
    {.name = "asked"},
    {.name = "email"},
    {.name = "external_id"},
    {.name = "created_after"},
    {.name = "created_before"},
    {.name = "limit", .kind = field_kind::integer},
    {.name = "cursor"},
}};

bool read_state(std::string_view text, std::optional<store::invite_state>& out) {
  using enum store::invite_state;
  for (const store::invite_state s : {pending, redeemed, revoked, replaced, expired}) {
    if (text == name_of(s)) out = s;
  }
  return out.has_value();
}

bool read_bool(std::string_view text, std::optional<bool>& out) {
  if (text == "true") out = true;
  if (text == "false") out = false;
  return out.has_value();
}

/// Blanks alone would find everything.
checked<std::string_view> read_searched_id(std::string_view text) {
  checked<std::string_view> read = read_external_id(text);
  if (read && read->empty()) return flaw{"empty", "A reference must have 1 to 128 characters."};
  return read;
}

bool read_cursor(std::string_view text, std::optional<store::index_position>& out) {
  std::array<std::uint8_t, position_size> bytes;
  if (!store::base64url::decode_into(text, bytes)) return false;
  out = position_in(bytes);
  return true;
}

} // namespace

result<void> read_list(std::string_view query, const principal& who, list_input& out) {
  std::array<field_value, field_count> values{};
  std::vector<field_error> errors;
  if (auto read = read_query(query, out.storage, list_fields, values, errors); !read) return read;
  store::list_query& q = out.query;
  query_judge j(list_fields, values, errors);
  j.take_provider(provider_id, who, q.provider_id);
  j.take(state, "invalid_state", "This must be one of pending, redeemed, revoked, replaced, expired.",
         [&q](std::string_view text) { return read_state(text, q.state); });
  j.take(locked, "invalid_flag", "This must be true or false.",
         [&q](std::string_view text) { return read_bool(text, q.locked); });
  j.take(asked, "invalid_flag", "This must be true or false.",
         [&q](std::string_view text) { return read_bool(text, q.asked); });
  j.take_time(created_after, q.created_after);
  j.take_time(created_before, q.created_before);
  j.take(cursor, "invalid_cursor", "This must be the next_cursor of an earlier answer.",
         [&q](std::string_view text) { return read_cursor(text, q.before); });
  // In this list a cursor counts requests within a millisecond. None of our answers has ever had a larger
  // number.
  constexpr std::uint64_t most_at_once = 1'000'000;
  if (q.asked == true && q.before && q.before->seq > most_at_once)
    errors.push_back({"/cursor", "invalid_cursor", "This must be the next_cursor of an earlier answer."});
  if (values[email].good()) take(errors, list_fields[email], read_email(values[email].text), q.email);
  if (values[external_id].good())
    take(errors, list_fields[external_id], read_searched_id(values[external_id].text), q.external_id);
  if (values[limit].good()) {
    if (values[limit].number < 1 || values[limit].number > most_invites) {
      errors.push_back({"/limit", "out_of_range", "This must be from 1 to 200."});
    } else {
      q.limit = static_cast<std::size_t>(values[limit].number);
    }
  }
  if (!errors.empty()) return invalid_content(std::move(errors));
  return {};
}

std::string cursor_text(const store::index_position& at) {
  std::string bytes;
  append_position(bytes, at);
  return store::base64url::encode(store::as_bytes(bytes));
}

} // namespace invited::handlers
