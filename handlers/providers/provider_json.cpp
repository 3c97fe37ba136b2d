#include "handlers/providers/provider_json.hpp"

#include "handlers/text/json_writer.hpp"
#include "store/crypto/digest.hpp"
#include "store/crypto/hex.hpp"

namespace invited::handlers {
namespace {

std::optional<std::int64_t> seconds_of(std::optional<std::chrono::seconds> duration) {
  if (!duration) return {};
  return duration->count();
}

} // namespace

void write_provider(json_writer& to, std::string_view provider_id, const store::provider_settings& set) {
  to.open_object();
  to.member("provider_id", provider_id);
  to.member("name", set.name);
  to.member("phone", set.phone);
  to.member("time_zone", set.time_zone);
  if (set.per_second)
    to.number_member("rate", *set.per_second);
  else
    to.null_member("rate");
  to.member("burst", set.burst);
  to.member("expires_in", seconds_of(set.ttl));
  to.close_object();
}

text_members clinic_texts(const store::provider_settings& set) {
  return {{"name", set.name}, {"phone", set.phone}};
}

std::string entity_tag(const store::stored_settings& settings) {
  constexpr std::size_t enough = 16;
  const store::bytes32 digest = store::sha256({store::as_bytes(settings.value)});
  std::string tag = "\"";
  store::append_hex(tag, store::bytes_view(digest).first(enough));
  return tag += '"';
}

} // namespace invited::handlers
