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

/// The keys of one key file. There are sealing keys: the first seals and all open. And there is the index
/// key, which never changes. Immutable, so all cores share one object. The keys are wiped when the last owner
/// lets go.
class key_ring {
public:
  static constexpr std::size_t max_seal_keys = 16;

  struct seal_key {
    key_id id;
    bytes32 bytes;
  };

  /// Reads the text of a key file: lines `seal <key>` (1 to 16) and exactly one `index <key>`. A key is the
  /// base64url of 32 bytes; `#` starts a comment. Null if anything is wrong: then `problems` has every
  /// problem with its line number, and without a word of the file. The caller wipes `text`.
  static std::shared_ptr<const key_ring> parse(std::string_view text, std::vector<std::string>& problems);

  ~key_ring();
  key_ring(const key_ring&) = delete;
  key_ring& operator=(const key_ring&) = delete;

  /// At least one; the first one seals.
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
