#pragma once

#include "store/crypto/password.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::store {

/// Somebody who may sign in here.
struct account {
  std::string username; ///< as it was added; compared without case
  std::string name{};   ///< for people to read; may be empty
  std::string role{};
  std::vector<std::string> providers{}; ///< none: all (an admin)
  password_hash password{};
  bool disabled = false;

  /// Each sign-in and each token holds the epoch in which it began, and ends with it.
  std::int64_t epoch = 0;

  friend bool operator==(const account&, const account&) = default;
};

/// Ends every sign-in and every token of the account: gives it an epoch that it never had, also where it was
/// lost with the data and added again. `now` in ms since 1970.
void end_sign_ins(account& of, std::int64_t now);

/// What is sealed: a version byte (1), flags (1: disabled), epoch (8, big endian), salt (16), hash (32), user
/// name, name, role, then the providers, each text led by its length (2). Later versions append.
std::string encode(const account& a);

/// Nothing when the bytes are no such account.
std::optional<account> decode_account(std::string_view bytes);

} // namespace invited::store
