#include "handlers/tokens/staff_claims.hpp"

#include "handlers/text/utf8.hpp"
#include "handlers/tokens/errc.hpp"
#include "handlers/tokens/token_json.hpp"
#include "handlers/values/values.hpp"

#include <algorithm>
#include <cmath>

namespace invited::handlers {
namespace {

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > longest_subject) return false;
  while (!text.empty())
    if (is_control(utf8_take(text))) return false;
  return true;
}

/// A subject or an issuer.
bool read_name(const token_object& claims, std::string_view name, std::string& out) {
  const token_member* const claim = claims.find(name);
  if (claim == nullptr || !claim->is_text() || !is_name(claim->text)) return false;
  out = claim->text;
  return true;
}

/// Only for display, so an invalid name counts as none.
std::string read_display_name(const token_object& claims) {
  std::string name;
  read_name(claims, "name", name);
  return name;
}

bool read_account_epoch(const token_object& claims, std::optional<std::int64_t>& out) {
  const token_member* const claim = claims.find(account_epoch_claim);
  if (claim == nullptr) return true;
  out = claim->whole();
  return out.has_value();
}

/// A NumericDate, if there is one. Beyond 2^53 a double no longer has whole seconds.
bool read_time(const token_object& claims, std::string_view name, std::optional<double>& out) {
  constexpr double furthest = 9007199254740992.0;
  const token_member* const claim = claims.find(name);
  if (claim == nullptr) return true;
  out = claim->number();
  return out && std::abs(*out) <= furthest;
}

/// A string or a list of strings, each once; nothing if absent.
bool read_list(const token_object& claims, std::string_view name, std::vector<std::string>& out) {
  const token_member* const claim = claims.find(name);
  if (claim == nullptr) return true;
  if (claim->is_text()) {
    out.emplace_back(claim->text);
    return true;
  }
  if (claim->kind != json_kind::array || !claim->only_strings) return false;
  for (const std::string_view text : claim->items)
    if (std::ranges::find(out, text) == out.end()) out.emplace_back(text);
  return true;
}

bool read_role(const token_object& claims, role& out) {
  const token_member* const claim = claims.find("role");
  if (claim == nullptr || !claim->is_text()) return false;
  const std::optional<role> known = role_named(claim->text);
  if (known) out = *known;
  return known.has_value();
}

bool read_providers(const token_object& claims, principal& who) {
  constexpr std::string_view name = "provider_id";
  // An admin may use all providers, so a list would promise a limit that does not exist.
  if (who.role == role::admin) return claims.find(name) == nullptr;
  const token_member* const claim = claims.find(name);
  if (claim != nullptr && claim->items.size() > most_providers) return false;
  return read_list(claims, name, who.providers) && !who.providers.empty() &&
         std::ranges::none_of(who.providers, [](std::string_view id) { return !check_provider_id(id); });
}

} // namespace

boost::system::result<parsed_claims> parse_staff_claims(std::string_view payload) {
  token_object claims;
  if (!claims.read(payload)) return token_errc::malformed;
  parsed_claims out;
  std::optional<double> expires_at;
  const bool good = read_name(claims, "sub", out.who.subject) && read_role(claims, out.who.role) &&
                    read_providers(claims, out.who) && read_time(claims, "exp", expires_at) && expires_at &&
                    read_time(claims, "nbf", out.not_before) && read_time(claims, "iat", out.issued_at) &&
                    (claims.find("iss") == nullptr || read_name(claims, "iss", out.who.issuer)) &&
                    read_list(claims, "aud", out.audience) &&
                    read_account_epoch(claims, out.who.account_epoch);
  if (!good) return token_errc::bad_claims;
  out.who.name = read_display_name(claims);
  // Rounded up, so that "exp ≤ now" gives the same for the fraction and the whole number if now is whole.
  out.who.expires_at = static_cast<std::int64_t>(std::ceil(*expires_at));
  return out;
}

} // namespace invited::handlers
