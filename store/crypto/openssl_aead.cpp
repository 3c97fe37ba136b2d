#include "store/crypto/aead.hpp"
#include "store/crypto/evp.hpp"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>

namespace invited::store {
namespace {

evp_ptr<EVP_CIPHER_CTX> make_context() {
  EVP_CIPHER* const cipher = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
  evp_ptr<EVP_CIPHER_CTX> context(EVP_CIPHER_CTX_new());
  // The context keeps its own reference to the cipher. Later starts name no cipher, so they fetch none.
  const bool ok = cipher != nullptr && context != nullptr &&
                  EVP_CipherInit_ex2(context.get(), cipher, nullptr, nullptr, 1, nullptr) == 1;
  EVP_CIPHER_free(cipher);
  evp_require(ok, "AES-256-GCM");
  return context;
}

class openssl_aead final : public aead {
public:
  void seal(const bytes32& key, nonce_view nonce, bytes_view bound_to, std::span<std::uint8_t> text,
            std::span<std::uint8_t, tag_size> tag) override {
    // The tag is a parameter; EVP_CIPHER_CTX_ctrl would make the same call, but slower.
    OSSL_PARAM made[] = {
        OSSL_PARAM_construct_octet_string(OSSL_CIPHER_PARAM_AEAD_TAG, tag.data(), tag.size()),
        OSSL_PARAM_construct_end(),
    };
    const bool ok = EVP_EncryptInit_ex2(context_.get(), nullptr, key.data(), nonce.data(), nullptr) == 1 &&
                    bind(bound_to) && crypt(text) && EVP_CIPHER_CTX_get_params(context_.get(), made) == 1;
    if (!ok) wipe(text); // never leave the plain text where a sealed text is expected
    evp_require(ok, "seal");
  }

  bool open(const bytes32& key, nonce_view nonce, bytes_view bound_to, std::span<std::uint8_t> text,
            tag_view tag) override {
    std::array<std::uint8_t, tag_size> expected; // a copy: OpenSSL takes it by pointer to mutable
    std::ranges::copy(tag, expected.begin());
    EVP_CIPHER_CTX* const context = context_.get();
    const bool ok = EVP_DecryptInit_ex2(context, nullptr, key.data(), nonce.data(), nullptr) == 1 &&
                    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, static_cast<int>(expected.size()),
                                        expected.data()) == 1 &&
                    bind(bound_to) && crypt(text);
    if (!ok) {
      wipe(text);
      ERR_clear_error();
    }
    return ok;
  }

private:
  bool bind(bytes_view bound_to) {
    int ignored = 0;
    return EVP_CipherUpdate(context_.get(), nullptr, &ignored, bound_to.data(),
                            static_cast<int>(bound_to.size())) == 1;
  }

  bool crypt(std::span<std::uint8_t> text) {
    int written = 0;
    int rest = 0;
    return EVP_CipherUpdate(context_.get(), text.data(), &written, text.data(),
                            static_cast<int>(text.size())) == 1 &&
           EVP_CipherFinal_ex(context_.get(), text.data() + written, &rest) == 1;
  }

  evp_ptr<EVP_CIPHER_CTX> context_ = make_context();
};

} // namespace

std::unique_ptr<aead> make_openssl_aead() {
  return std::make_unique<openssl_aead>();
}

} // namespace invited::store
