#pragma once

#include "handlers/tokens/staff_keys.hpp"

#include <memory>
#include <string_view>

namespace invited::handlers {

/// Checks signatures of one key, by the one algorithm of that key. Not thread-safe: one object for each key
/// and core.
class signature_checker {
public:
  virtual ~signature_checker() = default;

  /// Whether `signature` (raw bytes) was made with the key over `input`. 1 µs for HS256, 20-120 µs for the
  /// others.
  virtual bool check(std::string_view input, std::string_view signature) = 0;
};

/// Prepares everything here, so that checks need not fetch anything. Copies what it needs of the key. Throws
/// std::runtime_error if OpenSSL fails (no provider, no memory).
std::unique_ptr<signature_checker> make_signature_checker(const staff_keys::key& key);

} // namespace invited::handlers
