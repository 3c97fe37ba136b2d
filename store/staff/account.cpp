#include "store/staff/account.hpp"

#include "store/base/packed_number.hpp"
#include "store/base/packed_text.hpp"

#include <algorithm>

namespace invited::store {
namespace {

constexpr char version = 1;
constexpr char disabled_flag = 1;
constexpr std::size_t fixed_size = 1 + 1 + 8 + sizeof(password_hash::salt) + sizeof(password_hash::hash);

void append_bytes(std::string& out, bytes_view bytes) {
  out += as_text(bytes);
}

template <std::size_t N>
void read_bytes(std::string_view from, std::array<std::uint8_t, N>& out) {
  std::ranges::copy(as_bytes(from).first(N), out.begin());
}

} // namespace

void end_sign_ins(account& of, std::int64_t now) {
  of.epoch = std::max(of.epoch + 1, now);
}

std::string encode(const account& a) {
  std::string out(1, version);
  out += a.disabled ? disabled_flag : '\0';
  append_number(out, static_cast<std::uint64_t>(a.epoch), 8);
  append_bytes(out, a.password.salt);
  append_bytes(out, a.password.hash);
  for (const std::string* text : {&a.username, &a.name, &a.role}) append_text(out, *text);
  for (const std::string& provider : a.providers) append_text(out, provider);
  return out;
}

std::optional<account> decode_account(std::string_view bytes) {
  if (bytes.size() < fixed_size || bytes[0] != version) return {};
  account a;
  a.disabled = (bytes[1] & disabled_flag) != 0;
  a.epoch = static_cast<std::int64_t>(number_at(bytes, 2, 8));
  read_bytes(bytes.substr(10), a.password.salt);
  read_bytes(bytes.substr(10 + sizeof a.password.salt), a.password.hash);
  bytes.remove_prefix(fixed_size);
  if (!take_text(bytes, a.username) || !take_text(bytes, a.name) || !take_text(bytes, a.role)) return {};
  while (!bytes.empty()) {
    std::string provider;
    if (!take_text(bytes, provider)) return {};
    a.providers.push_back(std::move(provider));
  }
  return a;
}

} // namespace invited::store
