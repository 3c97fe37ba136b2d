#include "store/crypto/sealer.hpp"

#include "store/crypto/hex.hpp"
#include "tests/store/crypto/sealer_fixture.hpp"

#include <openssl/evp.h>

#include <boost/test/unit_test.hpp>

#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

using namespace invited::store;
using namespace invited::test;

namespace {

/// Decrypts as the header describes, without the sealer's code, because stored records must stay readable.
std::string decrypt_by_the_book(const bytes32& master, std::uint8_t kind, std::string_view sealed) {
  const bytes32 key = hmac_sha256(master)({as_bytes("seal"), h1});
  std::string aad(1, static_cast<char>(kind));
  aad += as_text(id_of(master));
  aad += as_text(h1);
  aad += provider;
  const std::size_t size = sealed.size() - 28;
  std::string tag(sealed.substr(12 + size));
  std::string plain(size, '\0');
  EVP_CIPHER_CTX* const context = EVP_CIPHER_CTX_new();
  int n = 0;
  const bool ok =
      EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nullptr, key.data(), as_bytes(sealed).data()) == 1 &&
      EVP_DecryptUpdate(context, nullptr, &n, as_bytes(aad).data(), static_cast<int>(aad.size())) == 1 &&
      EVP_DecryptUpdate(context, reinterpret_cast<std::uint8_t*>(plain.data()), &n,
                        as_bytes(sealed).data() + 12, static_cast<int>(size)) == 1 &&
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, 16, tag.data()) == 1 &&
      EVP_DecryptFinal_ex(context, reinterpret_cast<std::uint8_t*>(plain.data()) + n, &n) == 1;
  EVP_CIPHER_CTX_free(context);
  BOOST_TEST(ok);
  return plain;
}

} // namespace

BOOST_AUTO_TEST_SUITE(sealer_suite)

BOOST_FIXTURE_TEST_CASE(what_was_sealed_opens, sealer_fixture) {
  for (const std::size_t size : {0u, 1u, 29u, 30u, 31u, 32u, 61u, 62u, 63u, 500u, 65535u})
    BOOST_TEST_CONTEXT("size " << size) {
      std::string plain(size, 'x');
      if (size > 2) plain[1] = '\0';
      const std::string sealed = seal(plain);
      BOOST_TEST(sealed.size() == sealer::sealed_size(size));
      const auto opened = open(sealed);
      BOOST_TEST_REQUIRE(opened.has_value());
      BOOST_TEST((*opened == plain));
    }
}

BOOST_FIXTURE_TEST_CASE(the_format_is_the_one_described, sealer_fixture) {
  const std::string sealed = seal("Ada", seal_kind::actor);
  BOOST_TEST(to_hex(as_bytes(sealed).first(12)) ==
             "000102030405060708090a0b"); // the nonce is from the entropy
  const std::string plain = decrypt_by_the_book(key_of(1), 3, sealed);
  BOOST_TEST((plain == std::string("\0\3Ada", 5) + std::string(27, '\0')));
}

BOOST_FIXTURE_TEST_CASE(sealing_appends, sealer_fixture) {
  std::string out = "before";
  seals.seal(seal_kind::record, h1, provider, "Ada", out);
  BOOST_TEST(out.starts_with("before"));
  const auto opened = open(std::string_view(out).substr(6));
  BOOST_TEST_REQUIRE(opened.has_value());
  BOOST_TEST(*opened == "Ada");
}

BOOST_FIXTURE_TEST_CASE(sealing_in_place_is_the_same, sealer_fixture) {
  for (const std::size_t size : {0u, 1u, 30u, 31u, 200u, 65535u}) BOOST_TEST_CONTEXT("size " << size) {
      const std::string plain(size, 'x');
      std::string copied = "before";
      random = counting_entropy();
      seals.seal(seal_kind::record, h1, provider, plain, copied);
      random = counting_entropy();
      std::string in_place = "before";
      const std::size_t begin = sealer::begin_seal(in_place);
      in_place += plain;
      seals.end_seal(seal_kind::record, seals.key_for(h1), provider, in_place, begin);
      BOOST_TEST((in_place == copied));
    }
}

BOOST_FIXTURE_TEST_CASE(a_failure_in_place_leaves_no_plain_text, sealer_fixture) {
  std::string out = "kept";
  std::size_t begin = sealer::begin_seal(out);
  out.append(sealer::max_plain + 1, 'x');
  BOOST_CHECK_THROW(seals.end_seal(seal_kind::record, seals.key_for(h1), provider, out, begin),
                    std::length_error);
  BOOST_TEST(out == "kept");
  begin = sealer::begin_seal(out);
  out += "Ada";
  const std::string too_long(sealer::max_provider + 1, 'p');
  BOOST_CHECK_THROW(seals.end_seal(seal_kind::record, seals.key_for(h1), too_long, out, begin),
                    std::length_error);
  BOOST_TEST(out == "kept");
}

BOOST_FIXTURE_TEST_CASE(the_longest_provider_is_bound_whole, sealer_fixture) {
  std::string of(sealer::max_provider, 'p');
  std::string sealed;
  seals.seal(seal_kind::record, h1, of, "Ada", sealed);
  BOOST_TEST(seals.open(seal_kind::record, seals.current(), h1, of, sealed).value() == "Ada");
  for (char& c : of) {
    c = 'q';
    BOOST_TEST((seals.open(seal_kind::record, seals.current(), h1, of, sealed).error() == errc::corrupt));
    c = 'p';
  }
  of += 'p';
  BOOST_TEST((seals.open(seal_kind::record, seals.current(), h1, of, sealed).error() == errc::corrupt));
  BOOST_CHECK_THROW(seals.seal(seal_kind::record, h1, of, "Ada", sealed), std::length_error);
}

BOOST_FIXTURE_TEST_CASE(padding_hides_the_length, sealer_fixture) {
  std::set<std::size_t> sizes;
  for (std::size_t n = 0; n <= 30; ++n) sizes.insert(seal(std::string(n, 'n')).size());
  BOOST_TEST(sizes.size() == 1u);
  BOOST_TEST(*sizes.begin() == 12u + 32u + 16u);
  BOOST_TEST(seal(std::string(31, 'n')).size() == 12u + 64u + 16u);
}

BOOST_FIXTURE_TEST_CASE(the_same_text_never_looks_the_same, sealer_fixture) {
  const std::string first = seal("ada@example.org");
  const std::string second = seal("ada@example.org");
  BOOST_TEST(first.substr(0, 12) != second.substr(0, 12));
  BOOST_TEST(first.substr(12) != second.substr(12));
  BOOST_TEST(first.find("ada") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_change_of_any_bit_is_seen, sealer_fixture) {
  const std::string sealed = seal("ada@example.org");
  for (std::size_t i = 0; i < sealed.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = sealed;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      const auto opened = open(changed);
      BOOST_TEST_REQUIRE(opened.has_error());
      BOOST_TEST((opened.error() == errc::corrupt));
    }
  BOOST_TEST(open(sealed).has_value()); // the failures left the context fit for use
}

BOOST_FIXTURE_TEST_CASE(a_cut_or_longer_text_is_seen, sealer_fixture) {
  const std::string sealed = seal(std::string(100, 'x'));
  for (std::size_t n = 0; n < sealed.size(); ++n)
    BOOST_TEST((open(sealed.substr(0, n)).error() == errc::corrupt));
  for (const std::size_t more : {1u, 16u, 32u, 64u})
    BOOST_TEST((open(sealed + std::string(more, '\0')).error() == errc::corrupt));
  BOOST_TEST((open(std::string(sealer::sealed_size(sealer::max_plain) + 32, '\0')).error() == errc::corrupt));
}

BOOST_FIXTURE_TEST_CASE(it_opens_only_where_it_was_put, sealer_fixture) {
  const std::string sealed = seal("Ada");
  const key_id id = seals.current();
  handle other = h1;
  other[15] ^= 1;
  BOOST_TEST((seals.open(seal_kind::record, id, other, provider, sealed).error() == errc::corrupt));
  BOOST_TEST((seals.open(seal_kind::idempotency, id, h1, provider, sealed).error() == errc::corrupt));
  BOOST_TEST((seals.open(seal_kind::actor, id, h1, provider, sealed).error() == errc::corrupt));
  for (const std::string_view elsewhere :
       {"", "st-marys:derm.", "st-marys:derm.11", "St-marys:derm.1", "other"})
    BOOST_TEST((seals.open(seal_kind::record, id, h1, elsewhere, sealed).error() == errc::corrupt));
  BOOST_TEST(seals.open(seal_kind::record, id, h1, provider, sealed).has_value());
}

BOOST_FIXTURE_TEST_CASE(too_long_a_text_is_our_own_mistake, sealer_fixture) {
  std::string out = "kept";
  const std::string plain(sealer::max_plain + 1, 'x');
  BOOST_CHECK_THROW(seals.seal(seal_kind::record, h1, provider, plain, out), std::length_error);
  BOOST_TEST(out == "kept");
}

BOOST_AUTO_TEST_SUITE_END()
