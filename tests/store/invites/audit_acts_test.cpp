// Every act on an invite leaves its line in the audit, by the same script, and only if the act happened.
#include "store/audit/audit_log.hpp"
#include "store/counting/expiry.hpp"
#include "tests/store/invites/managed_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace invited::test {
namespace {

using store::audit_action;
using store::ending;

const store::challenge right_answer{store::challenge_kind::code, "4711"},
    wrong_answers[] = {{store::challenge_kind::code, "1"}, {store::challenge_kind::code, "2"}};

struct watched : managed {
  store::audit_log audit{side.connection(), side.lane(), side.seals()};

  std::vector<store::audit_event> events() {
    store::audit_query q{.provider_id = "clinic-1"};
    const store::audit_page page = side.run(audit.read(q)).value();
    BOOST_REQUIRE(!page.next);
    return {page.events.rbegin(), page.events.rend()};
  }
  /// All but creations.
  std::string told() {
    std::string all;
    for (const store::audit_event& e : events()) {
      if (e.action == audit_action::created) continue;
      all += store::name_of(e.action);
      if (!e.outcome.empty()) all += '=' + e.outcome;
      BOOST_REQUIRE(e.actor);
      all += '(' + e.actor->role + ' ' + e.actor->subject + ' ' + e.actor->address + ") ";
    }
    return all;
  }
  void look(const store::created_invite& invite, store::read_purpose::kind what) {
    const store::read_purpose why{what, a_clinician};
    side.run(side.invites().find(invite.ref, mine, why)).value();
  }
  void answer(const store::created_invite& invite, const store::challenge& given) {
    side.run(side.invites().redeem(invite.ref, "", &given, a_patient)).value();
  }
};

const std::string by_patient = "(patient  198.51.100.0/24) ", by_staff = "(clinician dr.grey 203.0.113.77) ";

BOOST_FIXTURE_TEST_SUITE(audit_acts, watched)

BOOST_AUTO_TEST_CASE(what_a_patient_does) {
  const store::created_invite invite = made();
  side.run(side.invites().view(invite.ref, "", false, a_patient)).value(); // HEAD
  for (int i = 0; i < 3; ++i) side.run(side.invites().view(invite.ref, "", true, a_patient)).value();
  BOOST_TEST(told() == "viewed" + by_patient);
  const auto opened = side.redeem(invite.id, "0123456789abcdef");
  side.redeem(invite.id, "0123456789abcdef"); // a replay
  for (int i = 0; i < 3; ++i) side.redeem(invite.id);
  const std::array<std::uint8_t, 16> nonsense{};
  side.run(side.invites().find_session(invite.ref, opened.opened.jti, a_patient)).value();
  side.run(side.invites().find_session(invite.ref, nonsense, a_patient)).value();
  side.run(side.invites().ask(invite.ref)).value();
  BOOST_TEST(told() == "viewed" + by_patient + "redeemed" + by_patient + "second_attempt=already_redeemed" +
                           by_patient + "session_read" + by_patient);
  for (const store::audit_event& e : events()) BOOST_TEST((e.ref->h == invite.ref.h));
}

BOOST_AUTO_TEST_CASE(what_staff_do) {
  const store::created_invite invite = made();
  look(invite, store::read_purpose::kind::act);
  look(invite, store::read_purpose::kind::read);
  look(invite, store::read_purpose::kind::link);
  const store::created_invite next = renew(invite.ref).made.invite;
  look(invite, store::read_purpose::kind::link);             // not shown, because the invite has ended
  for (int i = 0; i < 2; ++i) end(next.ref, ending::revoke); // the second time shows its patient, no more
  for (int i = 0; i < 2; ++i) end(next.ref, ending::erase);
  const store::created_invite other = redeemed();
  for (int i = 0; i < 2; ++i) end(other.ref, ending::end_session);
  end(other.ref, ending::revoke); // refused
  BOOST_TEST(told() == "read" + by_staff + "link_copied" + by_staff + "renewed" + by_staff + "revoked" +
                           by_staff + "read" + by_staff + "erased" + by_staff + "redeemed" + by_patient +
                           "session_ended" + by_staff + "read" + by_staff);
}

BOOST_AUTO_TEST_CASE(a_request_is_ticked_off_once_and_a_repeat_shows_the_patient) {
  const store::created_invite invite = made();
  side.run(side.invites().ask(invite.ref)).value();
  for (int i = 0; i < 2; ++i) side.run(side.invites().clear_asked(invite.ref, mine, a_clinician)).value();
  end(invite.ref, ending::erase);
  side.run(side.invites().clear_asked(invite.ref, mine, a_clinician)).value(); // shows nobody
  BOOST_TEST(told() ==
             "asked_cleared" + by_staff + "read" + by_staff + "revoked" + by_staff + "erased" + by_staff);
}

BOOST_AUTO_TEST_CASE(an_erased_pending_invite_was_revoked_too) {
  end(made().ref, ending::erase);
  BOOST_TEST(told() == "revoked" + by_staff + "erased" + by_staff);
}

BOOST_AUTO_TEST_CASE(wrong_answers_and_the_lock) {
  store::new_invite wanted = some_invite();
  wanted.challenge = &right_answer;
  const store::created_invite invite = side.create(wanted).invite;
  for (int i = 0; i < 8; ++i) answer(invite, wrong_answers[i / 2 % 2]); // each twice: a double click
  const std::string wrong = "wrong_answer=wrong_answer" + by_patient;
  BOOST_TEST(told() == wrong + wrong + wrong + wrong);
  for (int i = 0; i < 3; ++i) answer(invite, wrong_answers[i % 2]);
  answer(invite, right_answer);
  BOOST_TEST(told() == wrong + wrong + wrong + wrong + wrong + "locked" + by_patient);
}

BOOST_AUTO_TEST_CASE(a_page_of_names_is_one_line_and_a_stranger_none) {
  for (int i = 0; i < 3; ++i) made();
  store::list_query q{.provider_id = "clinic-1", .actor = a_clinician};
  side.run(side.invites().list(q)).value();
  BOOST_TEST(told() == "read" + by_staff);
  for (const store::audit_event& e : events())
    BOOST_TEST(e.ref.has_value() == (e.action != audit_action::read));
  const store::provider_scope elsewhere = store::provider_scope::only(std::vector<std::string>{"clinic-2"});
  const store::created_invite invite = made();
  side.run(side.invites().find(invite.ref, elsewhere, a_look)).value();
  side.run(side.invites().end(invite.ref, elsewhere, ending::erase, a_clinician)).value();
  BOOST_TEST(told() == "read" + by_staff);
}

BOOST_AUTO_TEST_CASE(an_expiry_is_the_systems) {
  const store::created_invite invite = expired();
  store::expiry sweep(side.connection());
  BOOST_REQUIRE(wait_until([&] { return side.run(sweep.settle(invite.ref.tag)).value() == 1; }));
  side.run(sweep.settle(invite.ref.tag)).value();
  BOOST_TEST(told() == "expired(  ) ");
}

BOOST_AUTO_TEST_CASE(with_memory_full_patients_go_on_and_staff_see_no_name_without_a_trace) {
  const store::created_invite invite = made(), other = made();
  const auto opened = side.redeem(other.id);
  redis.command({"CONFIG", "SET", "maxmemory", "1"});
  BOOST_TEST(side.run(side.invites().view(invite.ref, "", true, a_patient)).has_value());
  BOOST_TEST(!!side.run(side.invites().find_session(other.ref, opened.opened.jti, a_patient)).value());
  side.redeem(other.id);
  BOOST_TEST((side.run(side.invites().find(invite.ref, mine, a_look)).error() == store::errc::refused));
  store::list_query q{.provider_id = "clinic-1", .actor = a_clinician};
  BOOST_TEST((side.run(side.invites().list(q)).error() == store::errc::refused));
  BOOST_TEST(told() == "redeemed" + by_patient);
  BOOST_TEST((side.redeem(invite.id).what == store::redeem_outcome::kind::redeemed));
  end(other.ref, ending::erase);
  BOOST_TEST(told() == "redeemed" + by_patient + "redeemed" + by_patient + "erased" + by_staff);
}

BOOST_AUTO_TEST_CASE(no_subject_or_address_is_readable) {
  const store::created_invite invite = made();
  look(invite, store::read_purpose::kind::read);
  const std::string key(store::group_key("aud", invite.ref.tag));
  const std::string stream = redis.command({"XRANGE", key, "-", "+"});
  BOOST_TEST(stream.find("clinic-1") != std::string::npos);
  for (const std::string_view secret : {"dr.grey", "203.0.113", "clinician"})
    BOOST_TEST(stream.find(secret) == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
