#include "handlers/tokens/session_token.hpp"

#include "handlers/text/json_text.hpp"
#include "handlers/text/json_writer.hpp"
#include "handlers/text/number_text.hpp"
#include "handlers/tokens/errc.hpp"
#include "handlers/tokens/jwt.hpp"
#include "handlers/tokens/token_json.hpp"
#include "store/base/errc.hpp"
#include "store/crypto/base64url.hpp"
#include "store/crypto/hex.hpp"

#include <algorithm>
#include <utility>

namespace invited::handlers {
namespace {

using namespace store;

/// The encoded header, which names only the key.
std::string encode_header(key_id id) {
  std::string kid, header;
  append_hex(kid, id);
  json_writer to(header);
  to.open_object();
  to.member("alg", "HS256");
  to.member("typ", session_token_type);
  to.member("kid", kid);
  to.close_object();
  return base64url::encode(as_bytes(header));
}

/// What every payload begins with. Payloads are written by hand, because every redeem makes a token.
std::string begin_payload(std::string_view issuer) {
  std::string same = R"({"iss":)";
  append_json_string(same, issuer);
  same += R"(,"aud":"invited:session","sub":)";
  return same;
}

bool read_text(const token_object& claims, std::string_view name, std::string& out) {
  const token_member* const claim = claims.find(name);
  if (claim == nullptr || !claim->is_text()) return false;
  out = claim->text;
  return true;
}

bool read_seconds(const token_object& claims, std::string_view name, std::int64_t& out) {
  const token_member* const claim = claims.find(name);
  const std::optional<std::int64_t> seconds = claim == nullptr ? std::nullopt : claim->whole();
  if (seconds) out = *seconds;
  return seconds.has_value();
}

struct read_claims {
  session_claims claims;
  std::string issuer;
  std::string audience;
};

boost::system::result<read_claims> read_payload(std::string_view payload) {
  token_object json;
  if (!json.read(payload)) return token_errc::malformed;
  read_claims out;
  std::string jti;
  const bool good = read_text(json, "iss", out.issuer) && read_text(json, "aud", out.audience) &&
                    read_text(json, "sub", out.claims.ref) && !out.claims.ref.empty() &&
                    read_seconds(json, "iat", out.claims.issued_at) &&
                    read_seconds(json, "exp", out.claims.expires_at) && read_text(json, "jti", jti) &&
                    from_hex(jti, out.claims.jti);
  if (!good) return token_errc::bad_claims;
  return out;
}

} // namespace

session_tokens::session_tokens(sealer& seals, std::string issuer, std::function<std::int64_t()> clock)
    : issuer_(std::move(issuer)), payload_start_(begin_payload(issuer_)), clock_(std::move(clock)) {
  const bytes_view ids = as_bytes(seals.held_ids());
  for (std::size_t at = 0; at < ids.size(); at += sizeof(key_id)) {
    key_id id;
    std::copy_n(ids.begin() + static_cast<std::ptrdiff_t>(at), id.size(), id.begin());
    bytes32 key = seals.derived_key(id, "session").value();
    signers_.push_back({id, encode_header(id) + '.', hmac_sha256(key)});
    wipe(key);
  }
}

session_tokens::signer* session_tokens::find(key_id id) {
  const auto found = std::ranges::find(signers_, id, &signer::id);
  return found == signers_.end() ? nullptr : &*found;
}

void session_tokens::write_payload(const session_claims& claims) {
  payload_ = payload_start_;
  append_json_string(payload_, claims.ref);
  payload_ += R"(,"iat":)";
  append_number(payload_, claims.issued_at);
  payload_ += R"(,"exp":)";
  append_number(payload_, claims.expires_at);
  payload_ += R"(,"jti":")";
  append_hex(payload_, claims.jti);
  payload_ += R"("})";
}

boost::system::result<std::string> session_tokens::mint(key_id id, const session_claims& claims) {
  signer* const by = find(id);
  if (by == nullptr) return errc::key_unavailable;
  write_payload(claims);
  std::string token;
  token.reserve(by->start.size() + 2 * payload_.size() + 64);
  token += by->start;
  base64url::append(token, as_bytes(payload_));
  const bytes32 signature = by->mac({as_bytes(token)});
  token += '.';
  base64url::append(token, signature);
  return token;
}

boost::system::result<session_claims> session_tokens::verify(std::string_view token) {
  const boost::system::result<jws> parsed = parse_jws(token);
  if (!parsed) return parsed.error();
  if (!is_type(*parsed, session_token_type)) return token_errc::wrong_kind;
  if (parsed->algorithm != "HS256") return token_errc::unsupported_algorithm;
  key_id id;
  signer* const by = from_hex(parsed->key, id) ? find(id) : nullptr;
  if (by == nullptr ||
      !equal_in_constant_time(by->mac({as_bytes(parsed->signing_input)}), as_bytes(parsed->signature)))
    return token_errc::bad_signature;

  boost::system::result<read_claims> read = read_payload(parsed->payload);
  if (!read) return read.error();
  if (read->issuer != issuer_) return token_errc::wrong_issuer;
  if (read->audience != session_token_audience) return token_errc::wrong_audience;
  if (read->claims.expires_at <= clock_()) return token_errc::expired;
  return std::move(read->claims);
}

} // namespace invited::handlers
