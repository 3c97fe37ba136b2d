#include "server/commands/token_command.hpp"
#include "server/commands/staff_arguments.hpp"
#include "server/config/files.hpp"
#include "server/config/help.hpp"
#include "server/config/secret_file.hpp"
#include "server/config/sources.hpp"
#include "server/config/values.hpp"

#include "handlers/text/utf8.hpp"
#include "handlers/tokens/staff_claims.hpp"
#include "handlers/tokens/staff_token.hpp"
#include "store/crypto/bytes.hpp"

#include <algorithm>
#include <array>
#include <ostream>

namespace invited::server {

namespace {

constexpr std::string_view usage =
    R"(Usage: invited token --subject S --role ROLE --provider P [options]

Prints a bearer token for staff or a portal, signed (HS256) with the secret in --jwt-secret-file. The options
from jwt-secret-file on may also be INVITED_* variables or in the config file, as for serve.

)";

constexpr std::array own_options{
    option_info{"subject", "TEXT", "", "who the token is for (its `sub`)"},
    option_info{"role", "ROLE", "", "clinician, physician, portal or admin"},
    option_info{"provider", "ID", "", "a provider for which it is valid; at least one, but none for an admin",
                true},
    option_info{"expires-in", "DURATION", "12h", "how long it is valid"},
};
constexpr auto shared_options =
    std::to_array<std::string_view>({"jwt-secret-file", "jwt-issuer", "jwt-audience", "config"});

/// Reads text that verification accepts: UTF-8 without control characters, and not too long.
parsed<std::string> read_claim(std::string_view text) {
  if (text.size() > handlers::longest_subject || !handlers::utf8_valid(text))
    return fault::because("is not UTF-8 of at most " + std::to_string(handlers::longest_subject) + " bytes");
  return parse_text(text);
}

parsed<std::chrono::seconds> read_lifetime(std::string_view text) {
  return parse_seconds(text, std::chrono::seconds{1}, std::chrono::hours{24 * 3650});
}

/// Reads the values one by one and remembers what was wrong with each.
class token_reader {
public:
  token_reader(const settings& given, findings& found) : given_{given}, found_{found} {}

  template <class Read>
  auto one(std::string_view name, Read read, std::string_view fallback = {}) {
    using value = std::decay_t<decltype(*read(fallback))>;
    const auto texts = given_[name];
    if (texts.empty() && fallback.empty()) return value{};
    auto result = read(texts.empty() ? fallback : std::string_view{texts.front().value});
    if (result) return std::move(*result);
    found_.errors.push_back(given_.source_of(name) + ": " + result.error().text());
    return value{};
  }

  void need(std::string_view name, std::string_view why) {
    if (given_[name].empty())
      found_.errors.push_back("--" + std::string{name} + " is required" + std::string{why});
  }

private:
  const settings& given_;
  findings& found_;
};

handlers::staff_claims read_claims(const settings& given, std::chrono::system_clock::time_point now,
                                   findings& found) {
  token_reader reader{given, found};
  handlers::staff_claims claims;
  claims.subject = reader.one("subject", read_claim);
  claims.role = reader.one("role", parse_role);
  claims.providers = read_staff_providers(given, found);
  claims.issuer = reader.one("jwt-issuer", read_claim);
  claims.audience = reader.one("jwt-audience", read_claim);
  const auto lifetime = reader.one("expires-in", read_lifetime, "12h");
  claims.issued_at = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  claims.expires_at = claims.issued_at + lifetime.count();

  reader.need("subject", "");
  reader.need("role", ": clinician, physician, portal or admin");
  reader.need("jwt-secret-file", "; make one: openssl rand -base64 48 > FILE; chmod 600 FILE");
  check_staff_scope(claims.role, given, found);
  return claims;
}

} // namespace

int run_token(arguments args, const command_context& context) {
  const auto flags = command_options(own_options, shared_options);
  if (asks_for_help(args)) {
    context.out << usage << option_help(flags);
    return exit_good;
  }
  findings found;
  const auto given = read_settings(args, context.environment, flags, serve_options(), read_file, found);
  const auto claims = read_claims(given, context.now, found);
  token_reader reader{given, found};
  auto secret =
      reader.one("jwt-secret-file", [](std::string_view path) { return read_jwt_secret(std::string{path}); });

  if (!report(context.err, found, "token")) return exit_misuse;
  context.out << handlers::mint_staff_token(secret, claims) << '\n' << std::flush;
  store::wipe({reinterpret_cast<std::uint8_t*>(secret.data()), secret.size()});
  if (context.out.good()) return exit_good;
  context.err << "invited: could not write the token\n";
  return exit_failed;
}

} // namespace invited::server
