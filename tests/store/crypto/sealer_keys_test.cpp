// The keys of a sealer: those it holds, those it derives, and the index key, by which it blinds.
#include "store/crypto/sealer.hpp"

#include "tests/store/crypto/sealer_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <string_view>

using namespace invited::store;
using namespace invited::test;

BOOST_AUTO_TEST_SUITE(sealer_keys_suite)

BOOST_FIXTURE_TEST_CASE(a_derived_key_opens_what_its_handle_opens, sealer_fixture) {
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
  // This was sealed before the key changed, so the newer handle's key is not its own.
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

BOOST_FIXTURE_TEST_CASE(a_key_that_is_not_held_is_reported, sealer_fixture) {
  sealer other(ring_of({2}), random);
  const std::string sealed = seal("Ada");
  BOOST_TEST((other.open(seal_kind::record, seals.current(), h1, provider, sealed).error() ==
              errc::key_unavailable));
  // Labelled as sealed by the other's key, it does not open either.
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
  sealer before(ring_of({1}), random);    // 1: only the old key
  sealer loaded(ring_of({1, 2}), random); // 2: the new key is loaded everywhere, in second place
  sealer turned(ring_of({2, 1}), random); // 3: then it comes first
  sealer after(ring_of({2}), random);     // 4: the old key is gone

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
  BOOST_TEST(!seals.holds(id_of(key_of(0xee)))); // the index key does not seal
}

BOOST_FIXTURE_TEST_CASE(blind_keeps_parts_apart, sealer_fixture) {
  const std::set<bytes32> different{
      seals.blind("email", {"ab", "c"}), seals.blind("email", {"a", "bc"}), seals.blind("email", {"abc"}),
      seals.blind("email", {"abc", ""}), seals.blind("email", {"", "abc"}), seals.blind("email", {}),
      seals.blind("mail", {"ab", "c"}),  seals.blind("", {"email", "ab"}),  seals.blind("email", {""}),
  };
  BOOST_TEST(different.size() == 9u);
  BOOST_TEST((seals.blind("email", {"ab", "c"}) == seals.blind("email", {"ab", "c"})));
}

BOOST_FIXTURE_TEST_CASE(blind_depends_on_the_index_key_alone, sealer_fixture) {
  sealer rotated(ring_of({2, 3}), random);
  BOOST_TEST((rotated.blind("email", {"x"}) == seals.blind("email", {"x"})));
  const std::string framed("\0\0\0\5email\0\0\0\1x", 14);
  BOOST_TEST((seals.blind("email", {"x"}) == hmac_sha256(key_of(0xee))({as_bytes(framed)})));
}

BOOST_FIXTURE_TEST_CASE(derived_keys, sealer_fixture) {
  const auto session = seals.derived_key(seals.current(), "session");
  BOOST_TEST_REQUIRE(session.has_value());
  BOOST_TEST((*session == hmac_sha256(key_of(1))({as_bytes("derived session")})));
  BOOST_TEST((*session != seals.derived_key(seals.current(), "other").value()));
  BOOST_TEST((seals.derived_key(id_of(key_of(2)), "session").error() == errc::key_unavailable));
  sealer both(ring_of({2, 1}), random); // not only of the key that seals now
  BOOST_TEST((both.derived_key(seals.current(), "session").value() == *session));
}

BOOST_AUTO_TEST_SUITE_END()
