#include "handlers/providers/provider_input.hpp"

#include "handlers/fields/form.hpp"
#include "handlers/fields/json_object.hpp"
#include "handlers/values/phone.hpp"
#include "handlers/values/time_zone.hpp"
#include "store/crypto/base64url.hpp"

#include <array>
#include <charconv>

namespace invited::handlers {
namespace {

// The same bounds as --rate and --burst.
constexpr double least_rate = 0.001;
constexpr double most_rate = 1e6;
constexpr std::int64_t most_burst = 10'000'000;
constexpr std::int64_t most_listed = 200;

enum : std::size_t { provider_id, name, phone, time_zone, rate, burst, expires_in, field_count };

constexpr std::array<field_rule, field_count> fields{{
    {.name = "provider_id"},
    {.name = "name"},
    {.name = "phone"},
    {.name = "time_zone"},
    {.name = "rate", .kind = field_kind::number},
    {.name = "burst", .kind = field_kind::integer},
    {.name = "expires_in", .kind = field_kind::integer},
}};

constexpr std::array<field_rule, 2> list_fields{
    {{.name = "limit", .kind = field_kind::integer}, {.name = "cursor"}}};

checked<double> read_rate(std::string_view text) {
  double value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed == std::errc{} && end == text.data() + text.size() && value >= least_rate && value <= most_rate)
    return value;
  return flaw{"out_of_range", "This must be from 0.001 to 1000000 invites a second."};
}

checked<std::uint32_t> read_burst(std::int64_t value) {
  if (value < 1 || value > most_burst)
    return flaw{"out_of_range", "This must be from 1 to 10000000 invites at once."};
  return static_cast<std::uint32_t>(value);
}

checked<std::chrono::seconds> read_ttl(std::int64_t value, const create_rules& rules) {
  if (auto within = check_expires_in(value, rules.ttl_min, rules.ttl_max); !within) return within.error();
  return std::chrono::seconds(value);
}

/// Checks the texts that a patient reads or dials.
void judge_texts(std::span<const field_value> values, const create_rules& rules,
                 store::provider_settings& out, std::vector<field_error>& errors) {
  if (values[name].good()) take(errors, fields[name], read_name(values[name].text), out.name);
  if (values[phone].good())
    take(errors, fields[phone], read_phone(values[phone].text, rules.default_region), out.phone);
  if (values[time_zone].good()) {
    out.time_zone = values[time_zone].text;
    note(errors, fields[time_zone], check_time_zone(out.time_zone));
  }
}

void judge_numbers(std::span<const field_value> values, const create_rules& rules,
                   store::provider_settings& out, std::vector<field_error>& errors) {
  if (values[rate].good()) take(errors, fields[rate], read_rate(values[rate].text), out.per_second);
  if (values[burst].good()) take(errors, fields[burst], read_burst(values[burst].number), out.burst);
  if (values[expires_in].good())
    take(errors, fields[expires_in], read_ttl(values[expires_in].number, rules), out.ttl);
}

} // namespace

result<store::provider_settings> read_provider_settings(std::span<char> body, std::string_view path_id,
                                                        const create_rules& rules) {
  std::array<field_value, field_count> values{};
  std::vector<field_error> errors;
  store::provider_settings out;
  if (auto read = read_json_object(body, fields, values, errors); !read) return std::move(read).error();
  if (values[provider_id].good() && values[provider_id].text != path_id)
    note(errors, fields[provider_id], flaw{"mismatch", "This is not the provider that the path names."});
  judge_texts(values, rules, out, errors);
  judge_numbers(values, rules, out, errors);
  if (!errors.empty()) return invalid_content(std::move(errors));
  return out;
}

result<provider_list_input> read_provider_list(std::string_view query) {
  provider_list_input out;
  std::array<field_value, list_fields.size()> values{};
  std::vector<field_error> errors;
  std::string storage;
  if (auto read = read_query(query, storage, list_fields, values, errors); !read)
    return std::move(read).error();
  const field_value& limit = values[0];
  if (limit.good() && (limit.number < 1 || limit.number > most_listed)) {
    note(errors, list_fields[0], flaw{"out_of_range", "This must be from 1 to 200."});
  } else if (limit.good()) {
    out.limit = static_cast<std::size_t>(limit.number);
  }
  if (values[1].good()) {
    if (!store::base64url::decode(values[1].text, out.after) || !check_provider_id(out.after))
      note(errors, list_fields[1],
           flaw{"invalid_cursor", "This must be the next_cursor of an earlier answer."});
  }
  if (!errors.empty()) return invalid_content(std::move(errors));
  return out;
}

std::string provider_cursor(std::string_view last_id) {
  return store::base64url::encode(store::as_bytes(last_id));
}

} // namespace invited::handlers
