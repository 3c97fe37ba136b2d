#pragma once

#include "store/base/entropy.hpp"
#include "store/crypto/base64url.hpp"
#include "store/crypto/key_ring.hpp"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace invited::test {

/// Gives 0, 1, 2, ...: every run is the same, and no nonce comes twice.
class counting_entropy final : public store::entropy {
public:
  explicit counting_entropy(std::uint8_t first = 0) : next_(first) {}
  void fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) byte = next_++;
  }

private:
  std::uint8_t next_;
};

/// A key of 32 equal bytes, so that a test can name its keys by a number.
inline store::bytes32 key_of(std::uint8_t byte) {
  store::bytes32 key;
  key.fill(byte);
  return key;
}

/// A ring of such sealing keys, in that order, and the index key 0xee.
inline std::shared_ptr<const store::key_ring> ring_of(std::initializer_list<std::uint8_t> seal_keys) {
  std::string text = "index " + store::base64url::encode(key_of(0xee)) + "\n";
  for (const std::uint8_t byte : seal_keys) text += "seal " + store::base64url::encode(key_of(byte)) + "\n";
  std::vector<std::string> problems;
  auto ring = store::key_ring::parse(text, problems);
  if (ring == nullptr) throw std::logic_error(problems.front());
  return ring;
}

} // namespace invited::test
