#pragma once

#include "store/keys/invite_id.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace invited::store {

/// The name of a Redis key, stored without allocation.
class key_name {
public:
  operator std::string_view() const { return {text_.data(), size_}; }

  key_name& operator+=(std::string_view part);

private:
  // The longest name has "sum:", "{gg}:" or the like, and a provider_id of 64 bytes.
  std::array<char, 96> text_;
  std::uint8_t size_ = 0;
};

/// All keys of an invite and of its provider carry the hash tag `{gg}`, so they are on one node of a cluster
/// and one script can declare them all. store/README.md says what each holds.
key_name invite_key(std::string_view kind, group g, const handle& h);                ///< inv, log, ses
key_name provider_key(std::string_view kind, group g, std::string_view provider_id); ///< idx, lim, prv
key_name group_key(std::string_view kind, group g);                                  ///< due, aud, ask, out
key_name idempotency_key_name(group g, const handle& hash);                          ///< idem
key_name day_key(group g, std::int64_t day); ///< sum of a UTC day, days since 1970
key_name gauge_key(group g);                 ///< sum:{gg}:now

/// Staff's keys belong to no provider, so they have no group. Keys that are used together are in the slot of
/// the account or of the address.
key_name staff_key(std::string_view kind, const handle& h);              ///< usr, thr
key_name sign_in_key(const handle& account_name, const handle& sign_in); ///< sin:{usr:<account>}:<h>
key_name attempt_key(const handle& address, const handle& attempt);      ///< thr:{thr:<address>}:<h>

/// For access control lists. `form` is how a script's header writes a key's name, as in "inv:{gg}:<h>". These
/// give the pattern of all such names, "inv:{*", and a name of that form that no key has.
std::string key_pattern(std::string_view form);
std::string example_key(std::string_view form);

} // namespace invited::store
