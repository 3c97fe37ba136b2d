#include "store/audit/audit_event.hpp"

#include "tests/store/crypto/test_keys.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <stdexcept>
#include <string>
#include <string_view>

using namespace invited::store;
using invited::test::counting_entropy;
using invited::test::ring_of;

namespace {

constexpr std::string_view provider = "st-marys:derm.1";
const handle h1{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
const handle none{};

struct fixture {
  counting_entropy random;
  sealer seals{ring_of({1}), random};

  std::string seal(const audit_actor& actor, const handle& h = h1) {
    return seal_actor(seals, h, provider, actor);
  }
  result<opened_audit_actor> open(std::string_view sealed, const handle& h = h1,
                                  std::string_view of = provider) {
    return open_actor(seals, h, of, sealed);
  }

  void check_round_trip(const audit_actor& actor) {
    const result<opened_audit_actor> opened = open(seal(actor));
    BOOST_REQUIRE(opened.has_value());
    BOOST_TEST(opened->role == actor.role);
    BOOST_TEST(opened->subject == actor.subject);
    BOOST_TEST(opened->address == actor.address);
  }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(store_audit_event, fixture)

BOOST_AUTO_TEST_CASE(every_action_has_a_letter_and_a_name_of_its_own) {
  const std::string letters = "cwgloreakvndzxfijtqsubyp2"; // streams hold them: none may ever change
  std::set<std::string_view> names;
  for (const char& letter : letters) {
    const auto action = audit_action_of(std::string_view(&letter, 1));
    BOOST_REQUIRE(action.has_value());
    BOOST_TEST(static_cast<char>(*action) == letter);
    names.insert(name_of(*action));
  }
  BOOST_TEST(names.size() == letters.size());
  BOOST_TEST(!names.contains("unknown"));
  BOOST_TEST(name_of(audit_action::second_attempt) == "second_attempt");
}

BOOST_AUTO_TEST_CASE(no_other_letter_is_an_action) {
  for (const std::string_view text : {"", "Z", "C", "cw", " "})
    BOOST_TEST(!audit_action_of(text).has_value());
  BOOST_TEST(!audit_action_of(std::string_view("\0", 1)).has_value());
}

BOOST_AUTO_TEST_CASE(an_actor_comes_back_as_it_was) {
  for (const std::string_view role : {"clinician", "physician", "portal", "admin", "patient", "auditor"})
    check_round_trip({role, "dr-0seï@example.org", "2001:db8:1:2:3:4:5:6"});
  check_round_trip({"patient", "", "203.0.113.0/24"});
  check_round_trip({"admin", "ops", ""});
  const std::string longest(255, 'x');
  check_round_trip({longest, longest, longest});
}

BOOST_AUTO_TEST_CASE(the_system_itself_is_an_empty_text) {
  BOOST_TEST(seal({}).empty());
  const auto opened = open("");
  BOOST_REQUIRE(opened.has_value());
  BOOST_TEST(opened->role.empty());
}

BOOST_AUTO_TEST_CASE(what_is_sealed_shows_nothing_and_its_size_reveals_little) {
  const std::string patient = seal({"patient", "", "203.0.113.0/24"});
  const std::string staff = seal({"clinician", "dr-osei", "203.0.113.77"});
  BOOST_TEST(patient.size() == 4 + sealer::sealed_size(1));
  BOOST_TEST(staff.size() == patient.size());
  BOOST_TEST(staff.find("osei") == std::string::npos);
  BOOST_TEST(staff.find("203.0") == std::string::npos);
  BOOST_TEST(staff.substr(0, 4) == as_text(seals.current()));
}

BOOST_AUTO_TEST_CASE(an_actor_opens_after_a_change_of_keys_and_not_without_its_key) {
  const std::string sealed = seal({"clinician", "dr-osei", "203.0.113.77"});
  seals.load(ring_of({2, 1}));
  BOOST_REQUIRE(open(sealed).has_value());
  BOOST_TEST(open(sealed)->subject == "dr-osei");
  seals.load(ring_of({2}));
  BOOST_TEST((open(sealed).error() == errc::key_unavailable));
}

BOOST_AUTO_TEST_CASE(an_actor_opens_only_where_it_was_put) {
  const std::string sealed = seal({"clinician", "dr-osei", "203.0.113.77"});
  BOOST_TEST((open(sealed, none).error() == errc::corrupt));
  BOOST_TEST(open(sealed, h1, "elsewhere").has_value()); // the handle of an invite is enough
  const std::string no_invite = seal({"clinician", "dr-osei", "203.0.113.77"}, none);
  BOOST_TEST((open(no_invite, none, "elsewhere").error() == errc::corrupt));
  std::string record(as_text(seals.current()));
  seals.seal(seal_kind::record, h1, provider, "c\0dr-osei", record);
  BOOST_TEST((open(record).error() == errc::corrupt));
}

BOOST_AUTO_TEST_CASE(an_event_without_an_invite_has_an_actor_too) {
  const auto opened = open(seal({"admin", "ops", "203.0.113.77"}, none), none);
  BOOST_REQUIRE(opened.has_value());
  BOOST_TEST(opened->subject == "ops");
}

BOOST_AUTO_TEST_CASE(every_changed_or_missing_byte_is_noticed) {
  const std::string sealed = seal({"clinician", "dr-osei", "203.0.113.77"});
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] ^= 1;
    BOOST_TEST(!open(changed).has_value());
    BOOST_TEST(open(sealed.substr(0, i)).has_value() == (i == 0));
  }
}

BOOST_AUTO_TEST_CASE(a_sealed_text_that_is_not_an_actor_is_corrupt) {
  const auto open_text = [this](std::string_view plain) {
    std::string sealed(as_text(seals.current()));
    seals.seal(seal_kind::actor, h1, "", plain, sealed);
    return open(sealed);
  };
  using namespace std::string_view_literals;
  for (const std::string_view plain : {""sv, "c"sv,
                                       "c\x05"
                                       "abcd"sv,
                                       "?\x00"sv, "\x00"sv,
                                       "\x00\x03"
                                       "ab"sv})
    BOOST_TEST((open_text(plain).error() == errc::corrupt));
  BOOST_TEST(open_text("c\x00"sv).has_value());
}

BOOST_AUTO_TEST_CASE(a_part_that_is_too_long_is_refused) {
  const std::string over(256, 'x');
  BOOST_CHECK_THROW(seal({over, "", ""}), std::length_error);
  BOOST_CHECK_THROW(seal({"admin", over, ""}), std::length_error);
  BOOST_CHECK_THROW(seal({"admin", "", over}), std::length_error);
}

BOOST_AUTO_TEST_SUITE_END()
