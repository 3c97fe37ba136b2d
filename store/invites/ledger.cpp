#include "store/invites/ledger.hpp"

#include "store/base/packed_time.hpp"

#include <algorithm>
#include <array>

namespace invited::store {
namespace {

constexpr char version = 1;
constexpr std::size_t fixed_size = 75;
constexpr std::size_t blind_size = ledger_blind_size;
constexpr std::uint8_t asks_for_challenge = 4, has_external_id = 32; // flags
constexpr std::size_t hash_size = sizeof(handle);

bool is_state(char c) {
  return c == 'p' || c == 'r' || c == 'v' || c == 's' || c == 'x';
}

} // namespace

std::string_view name_of(invite_state s) {
  switch (s) {
  case invite_state::pending: return "pending";
  case invite_state::redeemed: return "redeemed";
  case invite_state::revoked: return "revoked";
  case invite_state::replaced: return "replaced";
  case invite_state::expired: return "expired";
  }
  return {};
}

std::optional<ledger> read_ledger(std::string_view value) {
  if (value.size() < fixed_size || value[0] != version || !is_state(value[1])) return {};
  const std::size_t provider_size = static_cast<unsigned char>(value[fixed_size - 1]);
  if (value.size() < fixed_size + provider_size) return {};
  ledger l;
  l.state = static_cast<invite_state>(value[1]);
  l.flags = static_cast<std::uint8_t>(value[2]);
  l.wrong_answers = static_cast<std::uint8_t>(value[3]);
  const bytes_view all = as_bytes(value);
  std::copy_n(all.begin() + 4, l.sealed_under.size(), l.sealed_under.begin());
  l.created_at = packed_time(value, 8);
  l.expires_at = packed_time(value, 14);
  l.viewed_at = packed_time(value, 20);
  l.ended_at = packed_time(value, 26);
  l.asked_at = packed_time(value, 32);
  l.locked_at = packed_time(value, 38);
  l.lost_at = packed_time(value, 44);
  std::copy_n(all.begin() + 50, l.successor.size(), l.successor.begin());
  l.blind_index = value.substr(fixed_size - 1 - blind_size, blind_size);
  l.provider_id = value.substr(fixed_size, provider_size);
  value.remove_prefix(fixed_size + provider_size);
  if ((l.flags & asks_for_challenge) != 0) {
    if (value.size() < 2 * hash_size) return {};
    l.answer = value.substr(0, hash_size);
    l.last_wrong = value.substr(hash_size, hash_size);
    value.remove_prefix(2 * hash_size);
  }
  // A server that does not know the flag leaves it when it erases the rest.
  const bool left_behind = l.is_erased() && value.empty();
  if ((l.flags & has_external_id) != 0 && !left_behind) {
    if (value.size() < blind_size) return {};
    l.external_index = value.substr(0, blind_size);
    value.remove_prefix(blind_size);
  }
  l.sealed = value;
  return l;
}

new_ledger begin_ledger(const key_id& sealed_under, std::string_view blind_index,
                        std::string_view provider_id, std::string_view answer,
                        std::string_view external_index, std::size_t sealed_size) {
  const char flags = static_cast<char>((answer.empty() ? 0 : asks_for_challenge) |
                                       (external_index.empty() ? 0 : has_external_id));
  new_ledger out;
  const std::array<char, 4> fixed = {version, static_cast<char>(invite_state::pending), flags, '\0'};
  out.head.append(fixed.data(), fixed.size()).append(as_text(sealed_under));
  constexpr std::size_t unset = 5 * 6 + sizeof(handle); // viewed to lost, and the successor
  out.tail.reserve(unset + blind_size + 1 + provider_id.size() + 2 * hash_size + external_index.size() +
                   sealed_size);
  out.tail.append(unset, '\0');
  out.tail += blind_index;
  out.tail += static_cast<char>(provider_id.size());
  out.tail += provider_id;
  if (!answer.empty()) out.tail.append(answer).append(hash_size, '\0');
  out.tail += external_index;
  return out;
}

} // namespace invited::store
