#include "store/crypto/aead.hpp"

#include <sodium.h>

namespace invited::store {
namespace {

static_assert(crypto_aead_aes256gcm_KEYBYTES == sizeof(bytes32) &&
              crypto_aead_aes256gcm_NPUBBYTES == aead::nonce_size &&
              crypto_aead_aes256gcm_ABYTES == aead::tag_size);

class sodium_aead final : public aead {
public:
  ~sodium_aead() override { sodium_memzero(&schedule_, sizeof schedule_); }

  void seal(const bytes32& key, nonce_view nonce, bytes_view bound_to, std::span<std::uint8_t> text,
            std::span<std::uint8_t, tag_size> tag) override {
    crypto_aead_aes256gcm_beforenm(&schedule_, key.data());
    crypto_aead_aes256gcm_encrypt_detached_afternm(text.data(), tag.data(), nullptr, text.data(), text.size(),
                                                   bound_to.data(), bound_to.size(), nullptr, nonce.data(),
                                                   &schedule_);
  }

  bool open(const bytes32& key, nonce_view nonce, bytes_view bound_to, std::span<std::uint8_t> text,
            tag_view tag) override {
    crypto_aead_aes256gcm_beforenm(&schedule_, key.data());
    const bool ok = crypto_aead_aes256gcm_decrypt_detached_afternm(
                        text.data(), nullptr, text.data(), text.size(), tag.data(), bound_to.data(),
                        bound_to.size(), nonce.data(), &schedule_) == 0;
    if (!ok) wipe(text); // what it leaves there depends on its version
    return ok;
  }

private:
  crypto_aead_aes256gcm_state schedule_{};
};

} // namespace

std::unique_ptr<aead> make_sodium_aead() {
  if (sodium_init() < 0 || crypto_aead_aes256gcm_is_available() != 1) return nullptr;
  return std::make_unique<sodium_aead>();
}

} // namespace invited::store
