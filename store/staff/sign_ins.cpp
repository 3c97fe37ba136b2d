#include "store/staff/sign_ins.hpp"

#include "store/base/packed_number.hpp"
#include "store/base/script_number.hpp"
#include "store/crypto/base64url.hpp"
#include "store/keys/keys.hpp"
#include "store/resp/reply_reader.hpp"
#include "store/scripts.hpp"

#include <algorithm>
#include <array>

namespace invited::store {
namespace {

constexpr std::size_t secret_size = 32;
constexpr std::size_t named_size = sizeof(handle) + secret_size; ///< the account, and the secret
constexpr std::size_t token_size = named_size + sizeof(handle);  ///< and a MAC of both

} // namespace

/// The sealed part of a sign-in.
struct sign_ins::began {
  std::int64_t epoch;
  std::int64_t at;
};

/// What a token names: the account, so that one call finds both, and the sign-in, by a hash of the secret.
struct sign_ins::names {
  handle account_name;
  handle h;
};

std::optional<sign_ins::names> sign_ins::read(std::string_view token) {
  std::array<std::uint8_t, token_size> bytes;
  if (!base64url::decode_into(token, bytes)) return {};
  const std::string_view named = as_text(bytes).substr(0, named_size);
  if (!equal_in_constant_time(mac_of(named), std::span(bytes).subspan(named_size))) return {};
  names n;
  std::copy_n(bytes.begin(), n.account_name.size(), n.account_name.begin());
  n.h = first_half(seals_.blind("sign-in", {named.substr(sizeof(handle))}));
  return n;
}

handle sign_ins::mac_of(std::string_view named) {
  return first_half(seals_.blind("sign-in token", {named}));
}

std::optional<handle> sign_ins::account_of(std::string_view token) {
  const std::optional<names> n = read(token);
  if (!n) return {};
  return n->account_name;
}

result<sign_ins::began> sign_ins::open(const names& n, std::string_view value) {
  key_id under;
  if (value.size() < under.size()) return errc::corrupt;
  std::ranges::copy(as_bytes(value).first(under.size()), under.begin());
  const result<std::string> plain =
      seals_.open(seal_kind::sign_in, under, n.h, as_text(n.account_name), value.substr(under.size()));
  if (!plain) return plain.error();
  if (plain->size() != 16) return errc::corrupt;
  return began{static_cast<std::int64_t>(number_at(*plain, 0, 8)),
               static_cast<std::int64_t>(number_at(*plain, 8, 8))};
}

task<result<std::string>> sign_ins::begin(const account& who, std::int64_t now) {
  std::array<std::uint8_t, token_size> bytes;
  const handle account_name = accounts_.name_of(who.username);
  std::ranges::copy(account_name, bytes.begin());
  random_.fill(std::span(bytes).subspan(account_name.size(), secret_size));
  std::ranges::copy(mac_of(as_text(bytes).substr(0, named_size)), bytes.begin() + named_size);
  const std::string token = base64url::encode(bytes);
  const names n = read(token).value();

  std::string plain, value(as_text(seals_.current()));
  append_number(plain, static_cast<std::uint64_t>(who.epoch), 8);
  append_number(plain, static_cast<std::uint64_t>(now), 8);
  seals_.seal(seal_kind::sign_in, n.h, as_text(account_name), plain, value);
  const key_name key = sign_in_key(account_name, n.h);
  const script_number ms(std::int64_t{idle.count()});
  const std::array<std::string_view, 5> set = {"SET", key, value, "PX", ms};
  const result<redis::reply> reply = co_await redis_.execute(set);
  if (!reply) co_return reply.error();
  co_return token;
}

task<result<std::optional<open_sign_in>>> sign_ins::find(std::string_view token) {
  const std::optional<names> n = read(token);
  if (!n) co_return std::nullopt;
  const key_name usr = staff_key("usr", n->account_name), sin = sign_in_key(n->account_name, n->h);
  const std::array<std::string_view, 2> keys = {usr, sin};
  const std::span<const std::string_view> no_args;
  const result<redis::reply> reply = co_await redis_.run(scripts::sign_in, keys, no_args);
  if (!reply) co_return reply.error();
  redis::reply_reader read_reply(*reply);
  const std::string_view what = read_reply.word();
  if (what == "unknown") co_return std::nullopt;
  const std::string_view account_value = read_reply.text(), sign_in_value = read_reply.text();
  const std::int64_t now = read_reply.number(), left = read_reply.number();
  if (what != "open" || read_reply.failed()) co_return errc::unexpected;

  result<account> who = accounts_.open(n->account_name, account_value);
  if (!who) co_return who.error();
  const result<began> start = open(*n, sign_in_value);
  if (!start) co_return start.error();
  const std::int64_t last = start->at + longest.count();
  if (who->disabled || who->epoch != start->epoch || now >= last) co_return std::nullopt;

  open_sign_in found{std::move(*who), now + left, std::chrono::milliseconds(left)};
  const std::int64_t until = std::min(now + idle.count(), last);
  if (found.left * 2 < idle && until > found.expires_at) {
    const result<std::uint32_t> prolonged = co_await prolong(n->account_name, n->h, until);
    if (!prolonged) co_return prolonged.error();
    if (*prolonged == 0) co_return std::nullopt; // signed out meanwhile
    found.left = std::chrono::milliseconds(until - now);
    found.expires_at = until;
    found.token = token;
  }
  co_return found;
}

/// Returns how many keys it touched: one or none.
task<result<std::uint32_t>> sign_ins::prolong(handle account_name, handle h, std::int64_t until) {
  const key_name key = sign_in_key(account_name, h);
  const script_number at(until);
  const std::array<std::string_view, 3> expire = {"PEXPIREAT", key, at};
  const result<redis::reply> reply = co_await redis_.execute(expire);
  if (!reply) co_return reply.error();
  if (reply->kind() != redis::kind::integer) co_return errc::unexpected;
  co_return static_cast<std::uint32_t>(reply->integer());
}

task<result<void>> sign_ins::end(std::string_view token) {
  const std::optional<names> n = read(token);
  if (!n) co_return result<void>();
  const key_name key = sign_in_key(n->account_name, n->h);
  const std::array<std::string_view, 2> del = {"DEL", key};
  const result<redis::reply> reply = co_await redis_.execute(del);
  if (!reply) co_return reply.error();
  co_return result<void>();
}

} // namespace invited::store
