#include "store/keys/keys.hpp"
#include "tests/support/store_fixture.hpp"

#include <boost/test/unit_test.hpp>

namespace invited::test {
namespace {

using create_kind = store::create_outcome::kind;
using redeem_kind = store::redeem_outcome::kind;

struct invites_on_redis {
  redis_server redis;
  store_side side{redis};
};

std::string both_keys(std::string_view first, std::string_view second) {
  return std::string(first).append(second).append(test_index_line);
}

BOOST_FIXTURE_TEST_SUITE(invites, invites_on_redis)

BOOST_AUTO_TEST_CASE(what_was_put_in_comes_out_once) {
  const store::create_outcome made = side.create(some_invite());
  BOOST_REQUIRE((made.what == create_kind::created));
  BOOST_TEST(made.tokens.left == 999);
  const store::redeem_outcome opened = side.redeem(made.invite.id);
  BOOST_REQUIRE((opened.what == redeem_kind::redeemed));
  BOOST_TEST(opened.provider_id == "clinic-1");
  BOOST_TEST((opened.record.id == made.invite.id));
  BOOST_TEST(opened.record.creator == "dr.grey");
  BOOST_TEST(opened.record.person.email == "Ada.Lovelace@example.org");
  BOOST_TEST(opened.record.person.first_name == "Ada");
  BOOST_TEST(opened.record.person.last_name == "Lovelace");
  BOOST_TEST(opened.record.person.phone == "+14155550123");
  BOOST_TEST(opened.record.person.locale == "es");
  BOOST_TEST(opened.opened.expires_at % 1000 == 0);
  BOOST_TEST((side.redeem(made.invite.id).what == redeem_kind::already_redeemed));
}

BOOST_AUTO_TEST_CASE(the_same_redeem_key_gets_the_same_session) {
  const store::create_outcome made = side.create(some_invite());
  const store::redeem_outcome first = side.redeem(made.invite.id, "0123456789abcdef");
  const store::redeem_outcome again = side.redeem(made.invite.id, "0123456789abcdef");
  BOOST_REQUIRE((again.what == redeem_kind::redeemed));
  BOOST_TEST(first.opened.redeemed_at == again.opened.redeemed_at);
  BOOST_TEST(first.opened.expires_at == again.opened.expires_at);
  BOOST_TEST(first.opened.jti == again.opened.jti);
  BOOST_TEST((side.redeem(made.invite.id, "0123456789abcdeg").what == redeem_kind::already_redeemed));
  BOOST_TEST((side.redeem(made.invite.id).what == redeem_kind::already_redeemed));
}

BOOST_AUTO_TEST_CASE(without_a_key_nobody_gets_it_again) {
  const store::create_outcome made = side.create(some_invite());
  BOOST_TEST((side.redeem(made.invite.id).what == redeem_kind::redeemed));
  BOOST_TEST((side.redeem(made.invite.id, "0123456789abcdef").what == redeem_kind::already_redeemed));
}

BOOST_AUTO_TEST_CASE(an_ended_session_is_not_given_again) {
  const store::create_outcome made = side.create(some_invite());
  side.redeem(made.invite.id, "0123456789abcdef");
  redis.command({"DEL", std::string(store::invite_key("ses", made.invite.ref.tag, made.invite.ref.h))});
  BOOST_TEST((side.redeem(made.invite.id, "0123456789abcdef").what == redeem_kind::already_redeemed));
}

BOOST_AUTO_TEST_CASE(an_unknown_id_is_unknown) {
  store::system_entropy random;
  const store::invite_id id = store::new_invite_id(7, random);
  BOOST_TEST((side.redeem(id).what == redeem_kind::unknown));
  BOOST_TEST(!side.run(side.invites().view(store::ref_of(id), {}, false, a_patient)).value());
  BOOST_TEST(!side.run(side.invites().find_session(store::ref_of(id), {}, a_patient)).value());
}

BOOST_AUTO_TEST_CASE(a_session_is_found_by_its_jti_only) {
  const store::create_outcome made = side.create(some_invite());
  const store::redeem_outcome opened = side.redeem(made.invite.id);
  std::array<std::uint8_t, 16> jti = opened.opened.jti;
  const auto found = side.run(side.invites().find_session(made.invite.ref, jti, a_patient)).value();
  BOOST_REQUIRE(found);
  BOOST_TEST(found->record.person.first_name == "Ada");
  BOOST_TEST(found->opened.expires_at == opened.opened.expires_at);
  jti[15] ^= 1;
  BOOST_TEST(!side.run(side.invites().find_session(made.invite.ref, jti, a_patient)).value());
}

BOOST_AUTO_TEST_CASE(viewing_tells_the_state_and_nothing_more) {
  const store::create_outcome made = side.create(some_invite());
  auto seen = side.run(side.invites().view(made.invite.ref, "0123456789abcdef", false, a_patient)).value();
  BOOST_TEST((seen->state == store::invite_state::pending));
  BOOST_TEST(!seen->own_session);
  BOOST_TEST(seen->locale == "es");
  side.redeem(made.invite.id, "0123456789abcdef");
  seen = side.run(side.invites().view(made.invite.ref, "0123456789abcdef", false, a_patient)).value();
  BOOST_TEST((seen->state == store::invite_state::redeemed));
  BOOST_TEST(seen->own_session);
  BOOST_TEST(!side.run(side.invites().view(made.invite.ref, "0123456789abcdeg", false, a_patient))
                  .value()
                  ->own_session);
}

BOOST_AUTO_TEST_CASE(an_idempotency_key_makes_one_invite) {
  store::new_invite wanted = some_invite();
  wanted.idempotency_key = {"issuer", "dr.grey", "/generate_invite", "key-1"};
  const store::create_outcome first = side.create(wanted), again = side.create(wanted);
  BOOST_TEST(!first.invite.replayed);
  BOOST_TEST(again.invite.replayed);
  BOOST_TEST((first.invite.id == again.invite.id));
  BOOST_TEST((first.invite.ref == again.invite.ref));
  BOOST_TEST(first.invite.expires_at == again.invite.expires_at);
  BOOST_TEST(again.tokens.left == 999); // a replay is not charged

  store::new_invite other = wanted;
  other.first_name = "Grace";
  BOOST_TEST((side.create(other).what == create_kind::key_reused));
  for (const store::idempotency& scope :
       {store::idempotency{"other", "dr.grey", "/generate_invite", "key-1"},
        store::idempotency{"issuer", "dr.black", "/generate_invite", "key-1"},
        store::idempotency{"issuer", "dr.grey", "/other", "key-1"},
        store::idempotency{"issuer", "dr.grey", "/generate_invite", "key-2"}}) {
    wanted.idempotency_key = scope;
    BOOST_TEST((side.create(wanted).invite.id != first.invite.id));
  }
}

BOOST_AUTO_TEST_CASE(a_rolling_key_change_burns_no_link) {
  store_side old_server(redis, both_keys(first_seal_line, "")),
      ready(redis, both_keys(first_seal_line, second_seal_line)),
      turned(redis, both_keys(second_seal_line, first_seal_line));
  const store::create_outcome by_old = old_server.create(some_invite()),
                              by_new = turned.create(some_invite());

  const auto cannot = old_server.run(old_server.invites().redeem(by_new.invite.ref, {}, nullptr, a_patient));
  BOOST_TEST((cannot.has_error() && cannot.error() == store::errc::key_unavailable));
  BOOST_TEST((old_server.run(old_server.invites().view(by_new.invite.ref, {}, false, a_patient)).error() ==
              store::errc::key_unavailable));
  BOOST_TEST((ready.redeem(by_new.invite.id, "0123456789abcdef").what ==
              redeem_kind::redeemed)); // nothing was claimed
  BOOST_TEST((turned.redeem(by_new.invite.id, "0123456789abcdef").what == redeem_kind::redeemed));
  BOOST_TEST((turned.redeem(by_old.invite.id).what == redeem_kind::redeemed));
}

BOOST_AUTO_TEST_CASE(a_record_moved_to_another_invite_does_not_open) {
  const store::create_outcome mine = side.create(some_invite()),
                              theirs = side.create(some_invite("clinic-2"));
  const auto log = [](const store::create_outcome& c) {
    return std::string(store::invite_key("log", c.invite.ref.tag, c.invite.ref.h));
  };
  redis.command({"COPY", log(theirs), log(mine), "REPLACE"});
  const auto opened = side.run(side.invites().redeem(mine.invite.ref, {}, nullptr, a_patient));
  BOOST_TEST((opened.has_error() && opened.error() == store::errc::corrupt));
}

BOOST_AUTO_TEST_CASE(everything_of_an_invite_ends_by_itself) {
  const store::create_outcome made = side.create(some_invite());
  side.redeem(made.invite.id, "0123456789abcdef");
  for (const std::string_view kind : {"log", "ses"}) {
    const std::string key(store::invite_key(kind, made.invite.ref.tag, made.invite.ref.h));
    BOOST_TEST_CONTEXT(kind) BOOST_TEST(std::stoll(redis.command({"PTTL", key}).substr(1)) > 0);
  }
  BOOST_TEST(redis.command({"EXISTS", std::string(store::invite_key("inv", made.invite.ref.tag,
                                                                    made.invite.ref.h))}) == ":0\r\n");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
