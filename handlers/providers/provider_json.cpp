#include "handlers/providers/provider_json.hpp"

#include "handlers/text/json_text.hpp"
#include "handlers/text/number_text.hpp"
#include "store/crypto/digest.hpp"
#include "store/crypto/hex.hpp"

namespace invited::handlers {
namespace {

template <class Number>
void append_number_member(std::string& out, std::string_view quoted_name, std::optional<Number> value) {
  out += quoted_name;
  if (!value) {
    out += "null";
    return;
  }
  append_number(out, *value);
}

std::optional<std::int64_t> seconds_of(std::optional<std::chrono::seconds> duration) {
  if (!duration) return {};
  return duration->count();
}

} // namespace

void append_provider(std::string& out, std::string_view provider_id, const store::provider_settings& set) {
  append_json_member(out, R"({"provider_id":)", provider_id);
  append_json_member(out, R"(,"name":)", set.name);
  append_json_member(out, R"(,"phone":)", set.phone);
  append_json_member(out, R"(,"time_zone":)", set.time_zone);
  append_number_member(out, R"(,"rate":)", set.per_second);
  append_number_member(out, R"(,"burst":)", set.burst);
  append_number_member(out, R"(,"expires_in":)", seconds_of(set.ttl));
  out += '}';
}

void append_clinic(std::string& out, const store::provider_settings& set) {
  append_json_member(out, R"({"name":)", set.name);
  append_json_member(out, R"(,"phone":)", set.phone);
  out += '}';
}

std::string entity_tag(const store::stored_settings& settings) {
  constexpr std::size_t enough = 16;
  const store::bytes32 digest = store::sha256({store::as_bytes(settings.value)});
  std::string tag = "\"";
  store::append_hex(tag, store::bytes_view(digest).first(enough));
  return tag += '"';
}

} // namespace invited::handlers
