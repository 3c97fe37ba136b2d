#include "store/keys/invite_id.hpp"
#include "store/keys/keys.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

namespace invited::store {
namespace {

/// Gives the same bytes every time.
class fixed_entropy final : public entropy {
public:
  explicit fixed_entropy(std::uint8_t byte) : byte_(byte) {}
  void fill(std::span<std::uint8_t> out) override { std::fill(out.begin(), out.end(), byte_); }

private:
  std::uint8_t byte_;
};

BOOST_AUTO_TEST_SUITE(invite_ids)

BOOST_AUTO_TEST_CASE(are_version_4_uuids_in_their_group) {
  for (const int byte : {0x00, 0x5a, 0xff}) {
    fixed_entropy source(static_cast<std::uint8_t>(byte));
    const invite_id id = new_invite_id(0xc3, source);
    BOOST_TEST(bytes_of(id)[0] == 0xc3);
    BOOST_TEST((id.version() == boost::uuids::uuid::version_random_number_based));
    BOOST_TEST((id.variant() == boost::uuids::uuid::variant_rfc_4122));
    BOOST_TEST(int{group_of(id)} == 0xc3);
  }
}

BOOST_AUTO_TEST_CASE(do_not_repeat) {
  system_entropy source;
  std::set<std::string> seen;
  for (int i = 0; i < 10000; ++i) seen.insert(to_text(new_invite_id(1, source)));
  BOOST_TEST(seen.size() == 10000U);
}

BOOST_AUTO_TEST_CASE(are_read_as_they_are_written) {
  system_entropy source;
  for (int i = 0; i < 100; ++i) {
    const invite_id id = new_invite_id(static_cast<group>(i), source);
    std::string text = to_text(id);
    BOOST_TEST((parse_invite_id(text) == id));
    for (char& c : text) c = static_cast<char>(std::toupper(c));
    BOOST_TEST((parse_invite_id(text) == id));
  }
}

BOOST_AUTO_TEST_CASE(nothing_else_is_read) {
  const std::string good = "01234567-89ab-4def-8123-456789abcdef";
  BOOST_REQUIRE(parse_invite_id(good));
  for (std::size_t i = 0; i < good.size(); ++i) {
    BOOST_TEST(!parse_invite_id(good.substr(0, i)));
    for (const char c : {'g', ' ', '-', '\0', '{', '/'}) {
      if (good[i] == c) continue;
      std::string bad = good;
      bad[i] = c;
      BOOST_TEST_CONTEXT(bad) BOOST_TEST(!parse_invite_id(bad));
    }
  }
  for (const std::string_view bad :
       {"01234567-89ab-1def-8123-456789abcdef", "01234567-89ab-4def-c123-456789abcdef",
        "01234567-89ab-4def-0123-456789abcdef", "{01234567-89ab-4def-8123-456789abcdef}",
        "0123456789ab4def8123456789abcdef", "01234567-89ab-4def-8123-456789abcdef ",
        "-1234567-89ab-4def-8123-456789abcde-"}) {
    BOOST_TEST_CONTEXT(bad) BOOST_TEST(!parse_invite_id(bad));
  }
}

BOOST_AUTO_TEST_CASE(the_handle_is_half_a_sha256) {
  const auto id = parse_invite_id("00000000-0000-4000-8000-000000000000");
  const bytes32 whole = sha256({bytes_view(id->data, 16)});
  const handle h = handle_of(*id);
  BOOST_TEST(std::equal(h.begin(), h.end(), whole.begin()));
}

BOOST_AUTO_TEST_CASE(refs_are_read_as_they_are_written) {
  system_entropy source;
  const invite_ref ref = ref_of(new_invite_id(0xab, source));
  const std::string text = to_text(ref);
  BOOST_TEST(text.size() == 38U);
  BOOST_TEST(text.starts_with("inv_ab"));
  BOOST_TEST((parse_invite_ref(text) == ref));
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string bad = text;
    bad[i] = 'G';
    BOOST_TEST(!parse_invite_ref(bad));
    BOOST_TEST(!parse_invite_ref(text.substr(0, i)));
  }
  BOOST_TEST(!parse_invite_ref("inv_AB" + text.substr(6)));
  BOOST_TEST(!parse_invite_ref(text + "0"));
}

BOOST_AUTO_TEST_CASE(all_keys_carry_the_groups_tag) {
  const std::string longest(64, 'p');
  const group g = group_of(longest);
  const handle h{0x01, 0x23};
  const std::string hex = "01230000000000000000000000000000";
  BOOST_TEST(std::string(invite_key("inv", 0x0a, h)) == "inv:{0a}:" + hex);
  BOOST_TEST(std::string(idempotency_key_name(0xff, h)) == "idem:{ff}:" + hex);
  BOOST_TEST(std::string(group_key("due", 0x0a)) == "due:{0a}");
  BOOST_TEST(std::string(day_key(0x0a, 20780)) == "sum:{0a}:20780");
  BOOST_TEST(std::string(gauge_key(0x0a)) == "sum:{0a}:now");
  BOOST_TEST(std::string(provider_key("idx", g, longest)).ends_with(":" + longest));
  BOOST_CHECK_THROW(provider_key("idx", g, std::string(200, 'p')), std::length_error);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::store
