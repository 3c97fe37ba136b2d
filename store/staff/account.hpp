#pragma once

#include "store/crypto/password.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace invited::store {

/// A staff account.
struct account {
  std::string username; ///< as it was added; compared without case
  std::string name{};   ///< for display; may be empty
  std::string role{};
  std::vector<std::string> providers{}; ///< empty: all (an admin)
  password_hash password{};
  bool disabled = false;

  /// Each sign-in and each token holds the epoch in which it began, and ends when the epoch changes.
  std::int64_t epoch = 0;

  friend bool operator==(const account&, const account&) = default;
};

/// Ends every sign-in and every token of the account by giving it a new epoch. The account has never had this
/// epoch, even if it was lost with the data and added again. `now` is in ms since 1970.
void end_sign_ins(account& of, std::int64_t now);

/// The plain text to seal: a version byte (1), flags (1: disabled), epoch (8, big endian), salt (16), hash
/// (32), user name, name, role, then the providers, each text led by its length (2). Later versions append.
std::string encode(const account& a);

/// Nothing if the bytes are not such an account.
std::optional<account> decode_account(std::string_view bytes);

} // namespace invited::store
