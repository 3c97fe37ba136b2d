#pragma once

#include "store/base/script_number.hpp"
#include "store/invites/invites.hpp"
#include "store/keys/keys.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace invited::store {

/// Everything that the creation of one invite sends. It lives in the coroutine's frame, because a repeat (on
/// another day) sends it again. `wanted` must outlive it.
struct create_call {
  const new_invite& wanted;
  group tag;
  invite_id id;
  handle h;
  new_ledger ledger;
  std::string creator; ///< sealed
  std::optional<key_name> idempotency_key;
  handle fingerprint{};
  std::string key_record; ///< h ‖ key id ‖ sealed invite_id

  /// The invite that the new one replaces, and what is wished besides; the same as in `w` where it is set.
  /// Both are part of what an idempotency key stands for.
  struct replacement {
    const handle& old;
    const renewal& wish;
  };

  /// `replaces` is null if it replaces none.
  create_call(const new_invite& w, group g, std::string_view email_index, sealer& seals, entropy& random,
              const replacement* replaces = nullptr);

private:
  void seal_record(sealer& seals, const handle_key& key, std::string_view email_index);
  void prepare_key_record(sealer& seals, const handle_key& key, const replacement* replaces);
  bytes32 fingerprint_of(sealer& seals, const replacement* replaces) const;
  static bytes32 fingerprint_of(sealer& seals, const replacement& replaces);
};

/// The first keys and arguments of the scripts that make an invite (create-8.lua): views of the call, and of
/// names and numbers kept here.
class create_arguments {
public:
  static constexpr std::size_t key_count = 7;
  static constexpr std::size_t argument_count = 6;

  create_arguments(const create_call& c, const lifetimes& lives, std::int64_t today);
  create_arguments(const create_arguments&) = delete;
  create_arguments& operator=(const create_arguments&) = delete;

  /// Appends to keys() and args(), at most `spare` times each.
  void add_key(std::string_view key) { keys_[key_size_++] = key; }
  void add(std::string_view argument) { args_[arg_size_++] = argument; }

  std::span<const std::string_view> keys() const { return {keys_.data(), key_size_}; }
  std::span<const std::string_view> args() const { return {args_.data(), arg_size_}; }

private:
  static constexpr std::size_t spare = 4;

  std::array<key_name, key_count> names_;
  script_numbers<5> numbers_;
  std::array<std::string_view, key_count + spare> keys_;
  std::array<std::string_view, argument_count + spare> args_;
  std::size_t key_size_ = key_count;
  std::size_t arg_size_ = argument_count;
};

} // namespace invited::store
