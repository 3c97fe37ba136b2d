#pragma once

#include "server/audit/audit_chain.hpp"
#include "server/config/parsed.hpp"

#include <cstdint>
#include <istream>
#include <optional>
#include <string>

namespace invited::server {

/// Follows the chain through audit files, the oldest first, and checks every line.
class audit_verifier {
public:
  /// Without a key it checks only the hashes. `expected` is a head from the log: some line must have it.
  audit_verifier(std::optional<store::hmac_sha256> key, std::optional<store::bytes32> expected)
      : key_(std::move(key)), expected_(expected) {}

  /// What is wrong, and in which line of the file.
  struct flaw {
    std::uint64_t line = 0;
    std::string what;
  };
  boost::system::result<void, flaw> read(std::istream& file);

  std::uint64_t lines() const { return lines_; }         ///< of all files
  const chain_head& head() const { return head_; }       ///< after the last line
  const std::string& first_at() const { return first_; } ///< empty: no line
  const std::string& last_at() const { return last_; }
  bool begins_in_the_middle() const { return begin_ > 1; } ///< the first file continues an older one
  bool found_expected() const { return !expected_ || found_; }

private:
  parsed<void> judge(std::string_view line, bool first_of_file);

  const std::optional<store::hmac_sha256> key_;
  const std::optional<store::bytes32> expected_;
  chain_head head_;
  std::uint64_t lines_ = 0;
  std::uint64_t begin_ = 0;
  bool found_ = false;
  std::string first_;
  std::string last_;
};

} // namespace invited::server
