#include "store/crypto/sealer.hpp"

#include "store/crypto/hex.hpp"
#include "tests/store/crypto/test_keys.hpp"

#include <openssl/evp.h>

#include <boost/test/unit_test.hpp>

#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

using namespace invited::store;
using invited::test::counting_entropy;
using invited::test::key_of;
using invited::test::ring_of;

namespace {

constexpr std::string_view provider = "st-marys:derm.1";
const handle h1{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

struct fixture {
  counting_entropy random;
  sealer seals{ring_of({1}), random};

  std::string seal(std::string_view plain, seal_kind kind = seal_kind::record) {
    std::string out;
    seals.seal(kind, h1, provider, plain, out);
    return out;
  }
  result<std::string> open(std::string_view sealed) {
    return seals.open(seal_kind::record, seals.current(), h1, provider, sealed);
  }
};

/// Decrypts by the description in the header, without the sealer's code: a stored record must stay readable.
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

BOOST_FIXTURE_TEST_CASE(what_was_sealed_opens, fixture) {
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

BOOST_FIXTURE_TEST_CASE(the_format_is_the_one_described, fixture) {
  const std::string sealed = seal("Ada", seal_kind::actor);
  BOOST_TEST(to_hex(as_bytes(sealed).first(12)) ==
             "000102030405060708090a0b"); // the nonce is from the entropy
  const std::string plain = decrypt_by_the_book(key_of(1), 3, sealed);
  BOOST_TEST((plain == std::string("\0\3Ada", 5) + std::string(27, '\0')));
}

BOOST_FIXTURE_TEST_CASE(sealing_appends, fixture) {
  std::string out = "before";
  seals.seal(seal_kind::record, h1, provider, "Ada", out);
  BOOST_TEST(out.starts_with("before"));
  const auto opened = open(std::string_view(out).substr(6));
  BOOST_TEST_REQUIRE(opened.has_value());
  BOOST_TEST(*opened == "Ada");
}

BOOST_FIXTURE_TEST_CASE(sealing_in_place_is_the_same, fixture) {
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

BOOST_FIXTURE_TEST_CASE(a_failure_in_place_leaves_no_plain_text, fixture) {
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

BOOST_FIXTURE_TEST_CASE(a_derived_key_opens_what_its_handle_opens, fixture) {
  const std::string sealed = seal("Ada");
  const handle_key key = seals.key_for(h1);
  handle other = h1;
  other[0] ^= 1;
  std::string between;
  seals.seal(seal_kind::actor, other, provider, "someone else's", between);
  const auto open_by = [&](const handle_key& k, std::string_view text) {
    return seals.open(seal_kind::record, seals.current(), k, provider, text);
  };
  BOOST_TEST(open_by(key, sealed).value() == "Ada");
  BOOST_TEST((open_by(seals.key_for(other), sealed).error() == errc::corrupt));
  // Sealed before the key was changed: the derived one is not its own.
  seals.load(ring_of({2, 1}));
  const handle_key newer = seals.key_for(h1);
  const key_id old_id = id_of(key_of(1));
  BOOST_TEST((newer.under == id_of(key_of(2))));
  BOOST_TEST(seals.open(seal_kind::record, old_id, newer, provider, sealed).value() == "Ada");
  BOOST_TEST((seals.open(seal_kind::record, newer.under, newer, provider, sealed).error() == errc::corrupt));
  seals.load(ring_of({2}));
  BOOST_TEST(
      (seals.open(seal_kind::record, old_id, newer, provider, sealed).error() == errc::key_unavailable));
}

BOOST_FIXTURE_TEST_CASE(the_longest_provider_is_bound_whole, fixture) {
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

BOOST_FIXTURE_TEST_CASE(padding_hides_the_length, fixture) {
  std::set<std::size_t> sizes;
  for (std::size_t n = 0; n <= 30; ++n) sizes.insert(seal(std::string(n, 'n')).size());
  BOOST_TEST(sizes.size() == 1u);
  BOOST_TEST(*sizes.begin() == 12u + 32u + 16u);
  BOOST_TEST(seal(std::string(31, 'n')).size() == 12u + 64u + 16u);
}

BOOST_FIXTURE_TEST_CASE(the_same_text_never_looks_the_same, fixture) {
  const std::string first = seal("ada@example.org");
  const std::string second = seal("ada@example.org");
  BOOST_TEST(first.substr(0, 12) != second.substr(0, 12));
  BOOST_TEST(first.substr(12) != second.substr(12));
  BOOST_TEST(first.find("ada") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_change_of_any_bit_is_seen, fixture) {
  const std::string sealed = seal("ada@example.org");
  for (std::size_t i = 0; i < sealed.size(); ++i)
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = sealed;
      changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
      const auto opened = open(changed);
      BOOST_TEST_REQUIRE(opened.has_error());
      BOOST_TEST((opened.error() == errc::corrupt));
    }
  BOOST_TEST(open(sealed).has_value()); // and the failures left the context fit for use
}

BOOST_FIXTURE_TEST_CASE(a_cut_or_longer_text_is_seen, fixture) {
  const std::string sealed = seal(std::string(100, 'x'));
  for (std::size_t n = 0; n < sealed.size(); ++n)
    BOOST_TEST((open(sealed.substr(0, n)).error() == errc::corrupt));
  for (const std::size_t more : {1u, 16u, 32u, 64u})
    BOOST_TEST((open(sealed + std::string(more, '\0')).error() == errc::corrupt));
  BOOST_TEST((open(std::string(sealer::sealed_size(sealer::max_plain) + 32, '\0')).error() == errc::corrupt));
}

BOOST_FIXTURE_TEST_CASE(it_opens_only_where_it_was_put, fixture) {
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

BOOST_FIXTURE_TEST_CASE(a_key_that_is_not_held_is_said, fixture) {
  sealer other(ring_of({2}), random);
  const std::string sealed = seal("Ada");
  BOOST_TEST((other.open(seal_kind::record, seals.current(), h1, provider, sealed).error() ==
              errc::key_unavailable));
  // Relabelled as the other's key: it does not open either.
  BOOST_TEST((other.open(seal_kind::record, other.current(), h1, provider, sealed).error() == errc::corrupt));
}

BOOST_AUTO_TEST_CASE(keys_turn_without_losing_a_record) {
  counting_entropy random;
  const auto put = [&](sealer& s) {
    std::string out;
    s.seal(seal_kind::record, h1, provider, "Ada", out);
    return out;
  };
  const auto opens = [&](sealer& s, key_id id, const std::string& sealed) {
    const auto opened = s.open(seal_kind::record, id, h1, provider, sealed);
    return opened.has_value() && *opened == "Ada";
  };
  sealer before(ring_of({1}), random);    // 1: the old key alone
  sealer loaded(ring_of({1, 2}), random); // 2: the new one is loaded everywhere, as second
  sealer turned(ring_of({2, 1}), random); // 3: then put first
  sealer after(ring_of({2}), random);     // 4: the old one went

  const std::string old_record = put(before);
  const std::string new_record = put(turned);
  const key_id old_key = before.current();
  const key_id new_key = turned.current();
  BOOST_TEST((loaded.current() == old_key));
  BOOST_TEST((after.current() == new_key));
  BOOST_TEST((opens(loaded, old_key, old_record) && opens(loaded, new_key, new_record)));
  BOOST_TEST((opens(turned, old_key, old_record) && opens(turned, new_key, new_record)));
  BOOST_TEST(opens(after, new_key, new_record));
  BOOST_TEST(!before.open(seal_kind::record, new_key, h1, provider, new_record).has_value());
  BOOST_TEST(!after.open(seal_kind::record, old_key, h1, provider, old_record).has_value());
}

BOOST_AUTO_TEST_CASE(held_ids_are_those_of_the_ring_in_order) {
  counting_entropy random;
  sealer seals(ring_of({7, 8, 9}), random);
  std::string expected;
  for (const std::uint8_t k : {7, 8, 9}) {
    expected += as_text(id_of(key_of(k)));
    BOOST_TEST(seals.holds(id_of(key_of(k))));
  }
  BOOST_TEST((seals.held_ids() == expected));
  BOOST_TEST((seals.current() == id_of(key_of(7))));
  BOOST_TEST(!seals.holds(id_of(key_of(1))));
  BOOST_TEST(!seals.holds(id_of(key_of(0xee)))); // the index key seals nothing
}

BOOST_FIXTURE_TEST_CASE(too_long_a_text_is_our_own_mistake, fixture) {
  std::string out = "kept";
  const std::string plain(sealer::max_plain + 1, 'x');
  BOOST_CHECK_THROW(seals.seal(seal_kind::record, h1, provider, plain, out), std::length_error);
  BOOST_TEST(out == "kept");
}

BOOST_FIXTURE_TEST_CASE(blind_keeps_parts_apart, fixture) {
  const std::set<bytes32> different{
      seals.blind("email", {"ab", "c"}), seals.blind("email", {"a", "bc"}), seals.blind("email", {"abc"}),
      seals.blind("email", {"abc", ""}), seals.blind("email", {"", "abc"}), seals.blind("email", {}),
      seals.blind("mail", {"ab", "c"}),  seals.blind("", {"email", "ab"}),  seals.blind("email", {""}),
  };
  BOOST_TEST(different.size() == 9u);
  BOOST_TEST((seals.blind("email", {"ab", "c"}) == seals.blind("email", {"ab", "c"})));
}

BOOST_FIXTURE_TEST_CASE(blind_depends_on_the_index_key_alone, fixture) {
  sealer rotated(ring_of({2, 3}), random);
  BOOST_TEST((rotated.blind("email", {"x"}) == seals.blind("email", {"x"})));
  const std::string framed("\0\0\0\5email\0\0\0\1x", 14);
  BOOST_TEST((seals.blind("email", {"x"}) == hmac_sha256(key_of(0xee))({as_bytes(framed)})));
}

BOOST_FIXTURE_TEST_CASE(derived_keys, fixture) {
  const auto session = seals.derived_key(seals.current(), "session");
  BOOST_TEST_REQUIRE(session.has_value());
  BOOST_TEST((*session == hmac_sha256(key_of(1))({as_bytes("derived session")})));
  BOOST_TEST((*session != seals.derived_key(seals.current(), "other").value()));
  BOOST_TEST((seals.derived_key(id_of(key_of(2)), "session").error() == errc::key_unavailable));
  sealer both(ring_of({2, 1}), random); // not only of the key that seals
  BOOST_TEST((both.derived_key(seals.current(), "session").value() == *session));
}

BOOST_AUTO_TEST_SUITE_END()
