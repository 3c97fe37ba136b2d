#include "store/crypto/aead.hpp"

#include "store/base/entropy.hpp"
#include "store/crypto/hex.hpp"
#include "tests/store/crypto/test_keys.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace invited::store;
using invited::test::key_of;

namespace {

using bytes = std::vector<std::uint8_t>;

bytes from(std::string_view hex) {
  bytes out(hex.size() / 2);
  BOOST_REQUIRE(from_hex(hex, out));
  return out;
}

bytes random_bytes(entropy& random, std::size_t size) {
  bytes out(size);
  random.fill(out);
  return out;
}

/// Text and tag.
struct sealed_text {
  bytes text;
  std::array<std::uint8_t, aead::tag_size> tag;

  bool operator==(const sealed_text&) const = default;
};

struct use {
  bytes32 key = key_of(1);
  std::array<std::uint8_t, aead::nonce_size> nonce{};
  bytes bound_to;

  sealed_text seal(aead& by, bytes text) const {
    sealed_text out{std::move(text), {}};
    by.seal(key, nonce, bound_to, out.text, out.tag);
    return out;
  }

  /// The text, or "refused" if it does not open and leaves nothing behind.
  std::string open(aead& by, sealed_text s) const {
    if (by.open(key, nonce, bound_to, s.text, s.tag)) return std::string(as_text(s.text));
    const bool wiped = std::ranges::all_of(s.text, [](std::uint8_t b) { return b == 0; });
    return wiped ? "refused" : "not wiped";
  }
};

struct implementation {
  std::string_view name;
  std::unique_ptr<aead> made;
};

/// The ciphers that this machine and this build have.
std::vector<implementation> all() {
  std::vector<implementation> out;
  out.push_back({"openssl", make_openssl_aead()});
  if (std::unique_ptr<aead> sodium = make_sodium_aead()) out.push_back({"sodium", std::move(sodium)});
  out.push_back({"chosen", make_aead()});
  return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(aead_suite)

BOOST_AUTO_TEST_CASE(gives_what_the_standard_gives) { // The Galois/Counter Mode of Operation, cases 14, 16
  constexpr std::string_view zeros = "0000000000000000000000000000000000000000000000000000000000000000";
  struct {
    std::string_view key, nonce, bound_to, plain, cipher, tag;
  } const cases[] = {
      {zeros, zeros.substr(0, 24), "", zeros.substr(0, 32), "cea7403d4d606b6e074ec5d3baf39d18",
       "d0d1c8a799996bf0265b98b5d48ab919"},
      {"feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
       "feedfacedeadbeeffeedfacedeadbeefabaddad2",
       "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
       "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
       "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
       "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
       "76fc6ece0f4e1768cddf8853bb2d551b"},
  };
  for (const auto& [name, by] : all()) {
    for (const auto& c : cases) BOOST_TEST_CONTEXT(name << " " << c.tag) {
        use u;
        BOOST_REQUIRE(from_hex(c.key, u.key));
        BOOST_REQUIRE(from_hex(c.nonce, u.nonce));
        u.bound_to = from(c.bound_to);
        const sealed_text sealed = u.seal(*by, from(c.plain));
        BOOST_TEST(to_hex(sealed.text) == c.cipher);
        BOOST_TEST(to_hex(sealed.tag) == c.tag);
        BOOST_TEST(u.open(*by, sealed) == as_text(from(c.plain)));
      }
  }
}

BOOST_AUTO_TEST_CASE(one_opens_what_another_sealed) {
  system_entropy random;
  const std::vector<implementation> implementations = all();
  for (std::size_t size = 1; size <= 320; ++size) {
    use u;
    random.fill(u.key);
    random.fill(u.nonce);
    u.bound_to = random_bytes(random, size % 97);
    const bytes plain = random_bytes(random, size == 320 ? 65568 : size);
    const sealed_text expected = u.seal(*implementations.front().made, plain);
    for (const auto& [name, by] : implementations) BOOST_TEST_CONTEXT(name << ", size " << plain.size()) {
        BOOST_TEST((u.seal(*by, plain) == expected));
        BOOST_TEST((u.open(*by, expected) == as_text(plain)));
      }
  }
}

BOOST_AUTO_TEST_CASE(a_change_of_any_bit_is_seen) {
  const auto flip = [](std::span<std::uint8_t> at, std::size_t bit) {
    at[bit / 8] = static_cast<std::uint8_t>(at[bit / 8] ^ 1 << bit % 8);
  };
  const std::string_view plain = "ada@example.org, Ada, Lovelace, and more than a block";
  for (const auto& [name, by] : all()) BOOST_TEST_CONTEXT(name) {
      use right;
      right.bound_to = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17};
      const sealed_text sealed = right.seal(*by, bytes(plain.begin(), plain.end()));
      for (std::size_t bit = 0; bit < 8 * plain.size(); ++bit) {
        sealed_text changed = sealed;
        flip(changed.text, bit);
        BOOST_TEST(right.open(*by, changed) == "refused");
      }
      for (std::size_t bit = 0; bit < 8 * aead::tag_size; ++bit) {
        sealed_text changed = sealed;
        flip(changed.tag, bit);
        BOOST_TEST(right.open(*by, changed) == "refused");
      }
      for (std::size_t bit = 0; bit < 8 * sizeof(bytes32); ++bit) {
        use wrong = right;
        flip(wrong.key, bit);
        BOOST_TEST(wrong.open(*by, sealed) == "refused");
      }
      for (std::size_t bit = 0; bit < 8 * aead::nonce_size; ++bit) {
        use wrong = right;
        flip(wrong.nonce, bit);
        BOOST_TEST(wrong.open(*by, sealed) == "refused");
      }
      for (std::size_t bit = 0; bit < 8 * right.bound_to.size(); ++bit) {
        use wrong = right;
        flip(wrong.bound_to, bit);
        BOOST_TEST(wrong.open(*by, sealed) == "refused");
      }
      BOOST_TEST(right.open(*by, sealed) == plain); // the failures left it fit for use
    }
}

BOOST_AUTO_TEST_CASE(a_cut_text_or_binding_is_seen) {
  for (const auto& [name, by] : all()) BOOST_TEST_CONTEXT(name) {
      use right;
      right.bound_to = bytes(20, 7);
      const sealed_text sealed = right.seal(*by, bytes(40, 'x'));
      for (std::size_t n = 1; n < sealed.text.size(); ++n) {
        sealed_text cut = sealed;
        cut.text.resize(n);
        BOOST_TEST(right.open(*by, cut) == "refused");
      }
      use wrong = right;
      while (!wrong.bound_to.empty()) {
        wrong.bound_to.pop_back();
        BOOST_TEST(wrong.open(*by, sealed) == "refused");
      }
    }
}

BOOST_AUTO_TEST_SUITE_END()
