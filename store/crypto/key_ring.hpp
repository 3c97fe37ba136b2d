#pragma once

#include "store/base/entropy.hpp"
#include "store/crypto/bytes.hpp"

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace invited::store {

/// The keys of one key file: sealing keys, of which the first seals and all open, and the index key, which
/// never changes. Immutable, so all cores share one; wiped when the last of them lets go.
class key_ring {
public:
  static constexpr std::size_t max_seal_keys = 16;

  struct seal_key {
    key_id id;
    bytes32 bytes;
  };

  /// Reads the text of a key file: lines `seal <key>` (1 to 16) and exactly one `index <key>`, a key being
  /// the base64url of 32 bytes; `#` starts a comment. Null when anything is wrong: then every problem was
  /// added to `problems`, with its line number and without a word of the file. The caller wipes `text`.
  static std::shared_ptr<const key_ring> parse(std::string_view text, std::vector<std::string>& problems);

  ~key_ring();
  key_ring(const key_ring&) = delete;
  key_ring& operator=(const key_ring&) = delete;

  /// At least one; the first is the one that seals.
  std::span<const seal_key> seal_keys() const { return {seal_.data(), count_}; }
  const bytes32& index_key() const { return index_; }

private:
  friend class key_file_parser;
  key_ring() = default;

  std::array<seal_key, max_seal_keys> seal_{};
  std::size_t count_ = 0;
  bytes32 index_{};
};

/// What a sealing key is called: the first 4 bytes of HMAC-SHA256(key, "invited key id").
key_id id_of(const bytes32& seal_key);

/// A line of a key file with a new key, line end included.
std::string new_seal_line(entropy& random);
std::string new_index_line(entropy& random);

} // namespace invited::store
