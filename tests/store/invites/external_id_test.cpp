// The portal's own reference: sealed in the record, found by its index, kept by a renewal, gone with the
// patient.
#include "tests/store/audit/audit_fixture.hpp"
#include "tests/store/invites/managed_fixture.hpp"
#include "tests/store/resp/printing.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

namespace invited::test {
namespace {

using create_kind = store::create_outcome::kind;
using redeem_kind = store::redeem_outcome::kind;

const store::challenge right{store::challenge_kind::code, "4711"}, wrong{store::challenge_kind::code, "1174"};

struct referred : managed {
  store::created_invite make(std::string_view external_id, std::string_view provider = "clinic-1",
                             const store::challenge* fact = nullptr) {
    store::new_invite wanted = some_invite(provider);
    wanted.external_id = external_id;
    wanted.challenge = fact;
    return side.create(wanted).invite;
  }
  std::vector<store::invite_ref> list(store::list_query q) {
    if (q.provider_id.empty()) q.provider_id = "clinic-1";
    std::vector<store::invite_ref> refs;
    for (const store::invite_details& one : side.run(side.invites().list(q)).value().invites)
      refs.push_back(one.ref);
    return refs;
  }
  std::vector<store::invite_ref> found(std::string_view external_id) {
    return list({.provider_id = "clinic-1", .external_id = external_id});
  }
  std::string ledger_of(const store::invite_ref& ref) {
    const std::string log(store::invite_key("log", ref.tag, ref.h));
    return std::string(parse(redis.command({"GET", log})).text());
  }
  store::redeem_outcome answer(const store::invite_ref& ref, const store::challenge* given) {
    return side.run(side.invites().redeem(ref, "", given, a_patient)).value();
  }
};

using refs = std::vector<store::invite_ref>;

BOOST_FIXTURE_TEST_SUITE(external_ids, referred)

BOOST_AUTO_TEST_CASE(one_finds_its_invites_exactly_and_only_this_providers) {
  const store::invite_ref first = make("MRN-17").ref, small = make("mrn-17").ref, again = make("MRN-17").ref;
  const store::invite_ref composed = make("Stra\u00dfe-\u00e9").ref, apart = make("Stra\u00dfe-e\u0301").ref;
  make("");
  make("MRN-17", "clinic-2");
  make("MRN-17", neighbour_of("clinic-1"));
  BOOST_TEST((found("MRN-17") == refs{again, first}));
  BOOST_TEST((found("mrn-17") == refs{small}));
  BOOST_TEST((found("Stra\u00dfe-\u00e9") == refs{composed}));
  BOOST_TEST((found("Stra\u00dfe-e\u0301") == refs{apart}));
  for (const std::string_view other :
       {"MRN-1", "MRN-170", "RN-17", "Ada.Lovelace@example.org", "strasse-\u00e9"})
    BOOST_TEST(found(other).empty(), other);
}

BOOST_AUTO_TEST_CASE(every_other_filter_narrows_the_search) {
  const store::invite_ref open = make("a-1").ref, gone = make("a-1").ref, other = make("a-2").ref;
  end(gone, store::ending::revoke);
  store::list_query q{.provider_id = "clinic-1", .email = "ada.lovelace@example.org", .external_id = "a-1"};
  BOOST_TEST(q.is_search());
  BOOST_TEST((list(q) == refs{gone, open}));
  q.state = store::invite_state::pending;
  BOOST_TEST((list(q) == refs{open}));
  q.external_id = "a-2";
  BOOST_TEST((list(q) == refs{other}));
  q.email = "bob@example.org";
  BOOST_TEST(list(q).empty());
  q = {.provider_id = "clinic-1", .external_id = "a-1", .created_before = 1};
  BOOST_TEST(list(q).empty());
  BOOST_TEST(side.run(side.invites().ask(open)).has_value());
  q = {.provider_id = "clinic-1", .asked = true, .external_id = "a-1"};
  BOOST_TEST((list(q) == refs{open}));
  BOOST_TEST((store::list_query{.provider_id = "clinic-1", .external_id = "a"}.is_search()));
}

BOOST_AUTO_TEST_CASE(staff_see_it_and_the_ledger_has_only_its_index) {
  const std::string longest(512, 'x');
  for (const std::string_view id : {std::string_view("order-4711"), std::string_view(longest)}) {
    const store::created_invite made = make(id);
    BOOST_TEST(find(made.ref)->record->external_id == id);
    const std::string value = ledger_of(made.ref);
    BOOST_TEST(value.find(id.substr(0, 10)) == value.npos);
    const auto l = store::read_ledger(value);
    BOOST_REQUIRE(l);
    const store::bytes32 index = side.seals().blind("external id", {"clinic-1", id});
    BOOST_TEST(l->external_index == store::as_text(index).substr(0, 8));
    BOOST_TEST((l->flags & 32) == 32);
  }
  const store::created_invite none = make("");
  BOOST_TEST(find(none.ref)->record->external_id == "");
  BOOST_TEST(store::read_ledger(ledger_of(none.ref))->flags == 0);
}

BOOST_AUTO_TEST_CASE(an_erased_one_is_gone_with_index_and_flag) {
  for (const store::challenge* fact : {static_cast<const store::challenge*>(nullptr), &right}) {
    const store::created_invite made = make("to-erase", "clinic-1", fact);
    BOOST_TEST((found("to-erase") == refs{made.ref}));
    for (int twice = 0; twice < 2; ++twice) {
      BOOST_TEST(!end(made.ref, store::ending::erase).invite.record);
      const std::string value = ledger_of(made.ref);
      BOOST_TEST(value.size() == 75 + 8U);
      const auto l = store::read_ledger(value);
      BOOST_REQUIRE(l);
      BOOST_TEST(l->flags == 2);
      BOOST_TEST((l->answer.empty() && l->external_index.empty() && l->sealed.empty()));
      BOOST_TEST(l->blind_index == std::string(8, '\0'));
      BOOST_TEST(found("to-erase").empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(one_that_an_older_server_has_erased_is_read_though_its_flag_was_left) {
  const store::created_invite made = make("to-erase"), other = make("other");
  end(made.ref, store::ending::erase);
  const std::string log(store::invite_key("log", made.ref.tag, made.ref.h));
  redis.command({"SETRANGE", log, "2", std::string(1, static_cast<char>(2 + 32))});
  BOOST_TEST(!find(made.ref)->record);
  BOOST_TEST((list({}) == refs{other.ref, made.ref}));
  BOOST_TEST(found("to-erase").empty());
}

BOOST_AUTO_TEST_CASE(erasing_keeps_the_flags_that_are_not_about_the_record) {
  const store::created_invite made = make("to-erase", "clinic-1", &right);
  const std::string log(store::invite_key("log", made.ref.tag, made.ref.h));
  redis.command({"SETRANGE", log, "2", std::string(1, static_cast<char>(1 + 4 + 8 + 32 + 128))});
  end(made.ref, store::ending::erase);
  BOOST_TEST(int{store::read_ledger(ledger_of(made.ref))->flags} == 1 + 2 + 8 + 128);
}

BOOST_AUTO_TEST_CASE(answers_are_judged_and_noted_as_without_one) {
  const store::created_invite made = make("with-a-fact", "clinic-1", &right);
  const auto before = find(made.ref);
  BOOST_TEST((answer(made.ref, nullptr).what == redeem_kind::answer_required));
  BOOST_TEST((answer(made.ref, &wrong).what == redeem_kind::wrong_answer));
  BOOST_TEST(answer(made.ref, &wrong).attempts_left == 4U); // the same one twice counts once
  BOOST_TEST((found("with-a-fact") == refs{made.ref}));
  const store::redeem_outcome opened = answer(made.ref, &right);
  BOOST_REQUIRE((opened.what == redeem_kind::redeemed));
  BOOST_TEST(opened.record.external_id == "with-a-fact");
  BOOST_TEST(opened.record.challenge->answer == "4711");
  BOOST_TEST((find(made.ref)->state == store::invite_state::redeemed));
  BOOST_TEST((found("with-a-fact") == refs{made.ref}));
  const store::created_invite locked = make("with-a-fact", "clinic-1", &right);
  const store::challenge other{store::challenge_kind::code, "2222"};
  for (int i = 0; i < 5; ++i) answer(locked.ref, i % 2 == 0 ? &wrong : &other);
  BOOST_TEST((answer(locked.ref, &right).what == redeem_kind::locked));
  BOOST_TEST((found("with-a-fact") == refs{locked.ref, made.ref}));
}

BOOST_AUTO_TEST_CASE(a_renewal_keeps_it_unless_another_is_wished) {
  for (const store::challenge* fact : {static_cast<const store::challenge*>(nullptr), &right}) {
    const store::created_invite old = make("first", "clinic-1", fact);
    const store::created_invite kept = renew(old.ref).made.invite;
    BOOST_TEST(find(kept.ref)->record->external_id == "first");
    BOOST_TEST((found("first") == refs{kept.ref, old.ref}));
    store::renewal wanted = by_dr_grey();
    wanted.external_id = "second";
    const store::created_invite changed = renew_as(wanted, *find(kept.ref)).invite;
    BOOST_TEST(find(changed.ref)->record->external_id == "second");
    BOOST_TEST(find(changed.ref)->record->challenge.has_value() == (fact != nullptr));
    BOOST_TEST((found("second") == refs{changed.ref}));
    BOOST_TEST((found("first") == refs{kept.ref, old.ref}));
    for (const auto& ref : {old.ref, kept.ref, changed.ref}) end(ref, store::ending::erase);
  }
  store::renewal wanted = by_dr_grey();
  wanted.external_id = "third";
  const store::created_invite given = renew_as(wanted, *find(make("").ref)).invite;
  BOOST_TEST((found("third") == refs{given.ref}));
}

BOOST_AUTO_TEST_CASE(an_idempotency_key_stands_for_it_and_for_nothing_new_without_it) {
  store::new_invite wanted = some_invite();
  wanted.usual_ttl = true;
  wanted.idempotency_key = {"", "dr.grey", "/generate_invite", "k-1"};
  const store::created_invite plain = side.create(wanted).invite;
  const std::string stored = std::string(parse(redis.command({"EVAL", R"(
    return redis.call('GET', redis.call('KEYS', 'idem:*')[1]))",
                                                              "0"}))
                                             .text());
  const store::bytes32 as_ever = side.seals().blind(
      "fingerprint", {"Ada.Lovelace@example.org", "Ada", "Lovelace", "+14155550123", "es", "0"});
  BOOST_TEST(stored.substr(0, 16) == store::as_text(as_ever).substr(0, 16));
  wanted.external_id = "a";
  BOOST_TEST((side.create(wanted).what == create_kind::key_reused));

  wanted.idempotency_key->key = "k-2";
  const store::created_invite first = side.create(wanted).invite;
  BOOST_TEST((side.create(wanted).invite.id == first.id));
  BOOST_TEST(side.create(wanted).invite.replayed);
  for (const std::string_view other : {"", "A", "aa"}) {
    wanted.external_id = other;
    BOOST_TEST((side.create(wanted).what == create_kind::key_reused), other);
  }
  wanted.external_id = "a";
  wanted.challenge = &right;
  BOOST_TEST((side.create(wanted).what == create_kind::key_reused));
  BOOST_TEST((first.id != plain.id));
}

BOOST_AUTO_TEST_CASE(so_does_that_of_a_renewal) {
  const store::invite_details old = *find(make("first").ref);
  store::renewal wanted = by_dr_grey();
  wanted.idempotency_key = {"", "dr.grey", "/invites/{ref}/renew", "r-1"};
  const store::created_invite next = renew_as(wanted, old).invite;
  BOOST_TEST((renew_as(wanted, old).invite.id == next.id));
  wanted.external_id = "first"; // the same as it was, but now it is wished
  BOOST_TEST((renew_as(wanted, old).what == create_kind::key_reused));
  const store::invite_details other = *find(make("first").ref);
  wanted.idempotency_key->key = "r-2";
  const store::created_invite wished = renew_as(wanted, other).invite;
  BOOST_TEST((renew_as(wanted, other).invite.id == wished.id));
  wanted.external_id = "second";
  BOOST_TEST((renew_as(wanted, other).what == create_kind::key_reused));
}

BOOST_AUTO_TEST_CASE(a_ledger_that_was_cut_within_its_index_is_a_fault) {
  const store::created_invite made = make("cut");
  const std::string log(store::invite_key("log", made.ref.tag, made.ref.h));
  redis.command({"SET", log, ledger_of(made.ref).substr(0, 75 + 8 + 7)});
  const auto seen = side.run(side.invites().find(made.ref, mine, a_silent_look));
  BOOST_TEST((seen.error() == store::errc::unexpected));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace invited::test
