#define OPENSSL_API_COMPAT 0x10101000L // SHA256_Init and the like; digest.hpp says why

#include "store/crypto/digest.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <stdexcept>

namespace invited::store {
namespace {

using detail::sha256_state;

static_assert(sizeof(sha256_state) == sizeof(SHA256_CTX) && alignof(sha256_state) >= alignof(SHA256_CTX));

constexpr std::size_t block = 64;

// None of these can fail, so their results are ignored.

SHA256_CTX* context(sha256_state& s) {
  return reinterpret_cast<SHA256_CTX*>(s.bytes.data());
}

void start(sha256_state& s) {
  SHA256_Init(context(s));
}

void add(sha256_state& s, bytes_view part) {
  SHA256_Update(context(s), part.data(), part.size());
}

bytes32 finish(sha256_state& s) {
  bytes32 out;
  SHA256_Final(out.data(), context(s));
  return out;
}

/// Begins with the key, filled up to a block and mixed with `pad`.
void start_padded(sha256_state& s, bytes_view key, std::uint8_t pad) {
  std::array<std::uint8_t, block> first{};
  std::copy(key.begin(), key.end(), first.begin());
  for (std::uint8_t& byte : first) byte ^= pad;
  start(s);
  add(s, first);
  wipe(first);
}

} // namespace

bytes32 sha256(std::initializer_list<bytes_view> parts) {
  sha256_state s;
  start(s);
  for (const bytes_view part : parts) add(s, part);
  return finish(s);
}

hmac_sha256::hmac_sha256(bytes_view key) {
  if (key.empty()) throw std::invalid_argument("an HMAC key is empty");
  bytes32 shorter{};
  if (key.size() > block) { // RFC 2104 §2
    shorter = sha256({key});
    key = shorter;
  }
  start_padded(inner_, key, 0x36);
  start_padded(outer_, key, 0x5c);
  wipe(shorter);
}

void hmac_sha256::message::add(bytes_view part) {
  store::add(inner_, part);
}

bytes32 hmac_sha256::message::finish() {
  const bytes32 digest = store::finish(inner_);
  sha256_state outer = by_.outer_;
  store::add(outer, digest);
  return store::finish(outer);
}

bytes32 hmac_sha256::operator()(std::initializer_list<bytes_view> parts) const {
  message m(*this);
  for (const bytes_view part : parts) m.add(part);
  return m.finish();
}

} // namespace invited::store
