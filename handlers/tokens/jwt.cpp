#include "handlers/tokens/jwt.hpp"

#include "handlers/tokens/errc.hpp"
#include "handlers/tokens/token_json.hpp"
#include "store/base/ascii.hpp"
#include "store/crypto/base64url.hpp"

namespace invited::handlers {
namespace {

/// Reads an optional member that has to be a string. Null counts as absent, because some issuers write every
/// member that they know.
bool read_text(const token_object& header, std::string_view name, std::string& out) {
  const token_member* const member = header.find(name);
  if (member == nullptr || member->kind == json_kind::null) return true;
  if (!member->is_text()) return false;
  out = member->text;
  return true;
}

bool read_header(std::string_view text, jws& out) {
  token_object header;
  return header.read(text) && header.find("crit") == nullptr && header.find("b64") == nullptr &&
         read_text(header, "alg", out.algorithm) && read_text(header, "typ", out.type) &&
         read_text(header, "kid", out.key) && !out.algorithm.empty();
}

} // namespace

boost::system::result<jws> parse_jws(std::string_view token) {
  if (token.size() > jws::max_size) return token_errc::too_long;
  const std::size_t first = token.find('.');
  if (first == std::string_view::npos) return token_errc::malformed;
  const std::size_t second = token.find('.', first + 1);
  if (second == std::string_view::npos) return token_errc::malformed;

  jws out;
  std::string header;
  // A fourth part would put a '.' into the signature, which is not base64url.
  if (!store::base64url::decode(token.substr(0, first), header) ||
      !store::base64url::decode(token.substr(first + 1, second - first - 1), out.payload) ||
      !store::base64url::decode(token.substr(second + 1), out.signature) || !read_header(header, out))
    return token_errc::malformed;
  if (store::equal_ignoring_case(out.algorithm, "none")) return token_errc::unsupported_algorithm;
  out.signing_input = token.substr(0, second);
  return out;
}

bool is_type(const jws& token, std::string_view type) {
  constexpr std::string_view prefix = "application/";
  std::string_view given = token.type;
  if (store::equal_ignoring_case(given.substr(0, prefix.size()), prefix)) given.remove_prefix(prefix.size());
  return store::equal_ignoring_case(given, type);
}

} // namespace invited::handlers
