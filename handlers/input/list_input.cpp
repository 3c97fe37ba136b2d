#include "handlers/input/list_input.hpp"

#include "handlers/http/time_text.hpp"
#include "handlers/input/form.hpp"
#include "handlers/input/values.hpp"
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
    {.name = "created_after"},
    {.name = "created_before"},
    {.name = "limit", .kind = field_kind::integer},
    {.name = "cursor"},
}};

using position_bytes = std::array<std::uint8_t, 16>;

/// Judges values one by one and collects what is wrong.
class judge {
public:
  judge(std::span<const field_value> values, std::vector<field_error>& errors)
      : values_(values), errors_(errors) {}

  /// Calls `read(text)` for a value that is there; false means that it is not what it should be.
  template <class Read>
  void take(std::size_t field, std::string_view code, std::string_view should_be, Read read) {
    if (values_[field].good() && !read(values_[field].text))
      errors_.push_back({pointer_to(list_fields[field].name), code, std::string(should_be)});
  }

private:
  std::span<const field_value> values_;
  std::vector<field_error>& errors_;
};

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

bool read_cursor(std::string_view text, std::optional<store::index_position>& out) {
  position_bytes bytes;
  if (!store::base64url::decode_into(text, bytes)) return false;
  store::index_position at{};
  for (std::size_t i = 0; i < 8; ++i) {
    at.ms = at.ms << 8 | bytes[i];
    at.seq = at.seq << 8 | bytes[8 + i];
  }
  out = at;
  return true;
}

void judge_provider(const field_value& named, const principal& who, store::list_query& out,
                    std::vector<field_error>& errors) {
  if (named.good()) {
    out.provider_id = named.text;
    if (auto found = check_provider_id(named.text))
      errors.push_back({"/provider_id", found->code, std::move(found->message)});
  } else if (who.providers.size() == 1) {
    out.provider_id = who.providers.front();
  } else {
    errors.push_back({"/provider_id", "required", "Say which provider: this token speaks for several."});
  }
}

} // namespace

std::optional<problem> read_list(std::string_view query, const principal& who, list_input& out) {
  std::array<field_value, field_count> values{};
  std::vector<field_error> errors;
  if (auto bad = read_query(query, out.storage, list_fields, values, errors)) return bad;
  store::list_query& q = out.query;
  judge_provider(values[provider_id], who, q, errors);
  judge j(values, errors);
  j.take(state, "invalid_state", "One of pending, redeemed, revoked, replaced, expired.",
         [&q](std::string_view text) { return read_state(text, q.state); });
  j.take(locked, "invalid_flag", "true or false.",
         [&q](std::string_view text) { return read_bool(text, q.locked); });
  j.take(asked, "invalid_flag", "true or false.",
         [&q](std::string_view text) { return read_bool(text, q.asked); });
  constexpr std::string_view time =
      "A time as in 2026-01-31T09:05:00Z (RFC 3339), or a day as in 2026-01-31.";
  j.take(created_after, "invalid_time", time,
         [&q](std::string_view text) { return (q.created_after = read_time(text)).has_value(); });
  j.take(created_before, "invalid_time", time,
         [&q](std::string_view text) { return (q.created_before = read_time(text)).has_value(); });
  j.take(cursor, "invalid_cursor", "A next_cursor of an earlier answer.",
         [&q](std::string_view text) { return read_cursor(text, q.before); });
  if (values[email].good()) {
    q.email = values[email].text;
    if (auto found = check_email(q.email))
      errors.push_back({"/email", found->code, std::move(found->message)});
  }
  if (values[limit].good()) {
    if (values[limit].number < 1 || values[limit].number > most_invites) {
      errors.push_back({"/limit", "out_of_range", "From 1 to 200."});
    } else {
      q.limit = static_cast<std::size_t>(values[limit].number);
    }
  }
  if (!errors.empty()) return invalid_content(std::move(errors));
  return std::nullopt;
}

std::string cursor_text(const store::index_position& at) {
  position_bytes bytes;
  for (std::size_t i = 0; i < 8; ++i) {
    bytes[i] = static_cast<std::uint8_t>(at.ms >> (56 - 8 * i));
    bytes[8 + i] = static_cast<std::uint8_t>(at.seq >> (56 - 8 * i));
  }
  return store::base64url::encode(bytes);
}

} // namespace invited::handlers
