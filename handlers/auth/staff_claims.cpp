#include "handlers/auth/staff_claims.hpp"

#include "handlers/auth/errc.hpp"
#include "handlers/auth/token_json.hpp"
#include "handlers/input/utf8.hpp"
#include "handlers/input/values.hpp"

#include <algorithm>
#include <cmath>

namespace invited::handlers {
namespace {

using rapidjson::Value;

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > longest_subject) return false;
  while (!text.empty())
    if (is_control(utf8_take(text))) return false;
  return true;
}

/// A subject or an issuer.
bool read_name(const Value& claims, std::string_view name, std::string& out) {
  const Value* const claim = find_member(claims, name);
  if (claim == nullptr || !claim->IsString() || !is_name(text_of(*claim))) return false;
  out = text_of(*claim);
  return true;
}

/// For people to read: what is no name is as none.
std::string read_display_name(const Value& claims) {
  std::string name;
  read_name(claims, "name", name);
  return name;
}

bool read_account_epoch(const Value& claims, std::optional<std::int64_t>& out) {
  const Value* const claim = find_member(claims, account_epoch_claim);
  if (claim == nullptr) return true;
  if (!claim->IsInt64()) return false;
  out = claim->GetInt64();
  return true;
}

/// A NumericDate, if there is one. Beyond 2^53 a double has no whole seconds any more.
bool read_time(const Value& claims, std::string_view name, std::optional<double>& out) {
  constexpr double furthest = 9007199254740992.0;
  const Value* const claim = find_member(claims, name);
  if (claim == nullptr) return true;
  if (!claim->IsNumber()) return false;
  out = claim->GetDouble();
  return std::abs(*out) <= furthest;
}

/// A string or a list of strings, each once; nothing when absent.
bool read_list(const Value& claims, std::string_view name, std::vector<std::string>& out) {
  const Value* const claim = find_member(claims, name);
  if (claim == nullptr) return true;
  if (claim->IsString()) {
    out.emplace_back(text_of(*claim));
    return true;
  }
  if (!claim->IsArray()) return false;
  for (const Value& item : claim->GetArray()) {
    if (!item.IsString()) return false;
    const std::string_view text = text_of(item);
    if (std::ranges::find(out, text) == out.end()) out.emplace_back(text);
  }
  return true;
}

bool read_role(const Value& claims, role& out) {
  const Value* const claim = find_member(claims, "role");
  if (claim == nullptr || !claim->IsString()) return false;
  const std::optional<role> known = role_named(text_of(*claim));
  if (known) out = *known;
  return known.has_value();
}

bool read_providers(const Value& claims, principal& who) {
  constexpr std::string_view name = "provider_id";
  // An admin may use all of them: a list would promise a limit that nobody keeps.
  if (who.role == role::admin) return find_member(claims, name) == nullptr;
  const Value* const claim = find_member(claims, name);
  if (claim != nullptr && claim->IsArray() && claim->Size() > most_providers) return false;
  return read_list(claims, name, who.providers) && !who.providers.empty() &&
         std::ranges::none_of(who.providers,
                              [](std::string_view id) { return check_provider_id(id).has_value(); });
}

} // namespace

boost::system::result<parsed_claims> parse_staff_claims(std::string_view payload) {
  rapidjson::Document claims;
  if (!parse_token_json(payload, claims)) return token_errc::malformed;
  parsed_claims out;
  std::optional<double> expires_at;
  const bool good = read_name(claims, "sub", out.who.subject) && read_role(claims, out.who.role) &&
                    read_providers(claims, out.who) && read_time(claims, "exp", expires_at) && expires_at &&
                    read_time(claims, "nbf", out.not_before) && read_time(claims, "iat", out.issued_at) &&
                    (find_member(claims, "iss") == nullptr || read_name(claims, "iss", out.who.issuer)) &&
                    read_list(claims, "aud", out.audience) &&
                    read_account_epoch(claims, out.who.account_epoch);
  if (!good) return token_errc::bad_claims;
  out.who.name = read_display_name(claims);
  // Up, so that "exp ≤ now" says the same of the fraction and of the whole, when now is whole.
  out.who.expires_at = static_cast<std::int64_t>(std::ceil(*expires_at));
  return out;
}

} // namespace invited::handlers
